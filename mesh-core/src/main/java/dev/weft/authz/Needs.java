package dev.weft.authz;

import dev.weft.config.AccessCondition;
import dev.weft.config.HeaderMatch;
import dev.weft.config.StringMatch;
import dev.weft.match.PathTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of a request so that conditions can hold, as far as it is easily told: of some of these texts one. Null: nothing
 * is known. Never says too much: a wrong "must" would hide a policy.
 */
final class Needs {

    /**
     * A path is one of these, or begins with one of those.
     */
    record Paths(List<String> exact, List<String> prefixes) {}

    private Needs() {}

    /** @param conditions of which one must hold */
    static @Nullable List<String> methods(List<AccessCondition> conditions) {
        return texts(
                conditions,
                condition -> condition instanceof AccessCondition.Header header
                                && header.match().name().equals(":method")
                                && !header.match().invert()
                                && header.match().condition() instanceof HeaderMatch.Value value
                        ? exact(value.match())
                        : null);
    }

    /** @param conditions of which one must hold */
    static @Nullable List<String> principals(List<AccessCondition> conditions) {
        return texts(
                conditions,
                condition ->
                        condition instanceof AccessCondition.Authenticated authenticated && authenticated.name() != null
                                ? exact(authenticated.name())
                                : null);
    }

    /**
     * Namespaces, in the form in which istiod asks for them: somewhere in the identity stands {@code /ns/NAMESPACE/}.
     *
     * @param conditions of which one must hold
     */
    static @Nullable List<String> namespaces(List<AccessCondition> conditions) {
        return texts(
                conditions,
                condition -> condition instanceof AccessCondition.Authenticated authenticated
                                && authenticated.name() instanceof StringMatch.Regex regex
                        ? namespace(regex.expression())
                        : null);
    }

    private static @Nullable String namespace(String expression) {
        if (!expression.startsWith(ANY_NAMESPACE) || !expression.endsWith("/.*")) {
            return null;
        }
        int end = expression.length() - "/.*".length();
        String name = end < ANY_NAMESPACE.length() ? "" : expression.substring(ANY_NAMESPACE.length(), end);
        // Quoted hyphens are hyphens; whatever else is not a plain name is left to the expression.
        name = name.replace("\\-", "-");
        return !name.isEmpty() && name.chars().allMatch(c -> c == '-' || c < 128 && Character.isLetterOrDigit(c))
                ? name
                : null;
    }

    private static final String ANY_NAMESPACE = ".*/ns/";

    /** @param conditions of which one must hold */
    static @Nullable Paths paths(List<AccessCondition> conditions) {
        // One list for both kinds: what an exact path begins with a mark that no path begins with.
        List<String> found = texts(conditions, Needs::path);
        if (found == null) {
            return null;
        }
        List<String> exact = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        found.forEach(text -> (text.startsWith(EXACT) ? exact : prefixes).add(text.substring(1)));
        return new Paths(exact, prefixes);
    }

    private static final String EXACT = "=";
    private static final String PREFIX = "^";

    private static @Nullable String path(AccessCondition condition) {
        if (condition instanceof AccessCondition.Path path) {
            String exact = exact(path.match());
            if (exact != null) {
                return EXACT + exact;
            }
            return path.match() instanceof StringMatch.Prefix prefix && !prefix.ignoreCase()
                    ? PREFIX + prefix.value()
                    : null;
        }
        if (condition instanceof AccessCondition.PathTemplate template) {
            PathTemplate parsed = PathTemplate.of(template.template());
            return parsed == null ? null : PREFIX + parsed.beginning();
        }
        return null;
    }

    private static @Nullable String exact(StringMatch match) {
        return match instanceof StringMatch.Exact exact && !exact.ignoreCase() ? exact.value() : null;
    }

    /** Of conditions of which one must hold, all have to say something. */
    private static @Nullable List<String> texts(
            List<AccessCondition> conditions, Function<AccessCondition, @Nullable String> plain) {
        List<String> all = new ArrayList<>();
        for (AccessCondition condition : conditions) {
            List<String> own = texts(condition, plain);
            if (own == null) {
                return null;
            }
            all.addAll(own);
        }
        return all;
    }

    private static @Nullable List<String> texts(
            AccessCondition condition, Function<AccessCondition, @Nullable String> plain) {
        if (condition instanceof AccessCondition.OneOf some) {
            return texts(some.conditions(), plain);
        }
        if (condition instanceof AccessCondition.All all) {
            // Each of them must hold, so any that says something will do.
            for (AccessCondition part : all.conditions()) {
                List<String> own = texts(part, plain);
                if (own != null) {
                    return own;
                }
            }
            return null;
        }
        String text = plain.apply(condition);
        return text == null ? null : List.of(text);
    }
}
