package dev.weft.authz;

import dev.weft.config.Rbac;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a request's method, path and principal which policies are worth a look: by sets of policies, each found by one
 * look-up, of which only the common members can match. What a policy asks for is learned from its conditions by {@link Needs}; one that
 * cannot be understood that way is in every set. Immutable.
 */
final class PolicyIndex {
    private final int words;
    private final Keyed methods;
    private final Keyed principals;
    private final Keyed namespaces;
    private final long[] all;
    private final Keyed exactPaths;
    private final PrefixTable prefixes;

    /** Policies by the exact text that they ask for, and those that ask for none. */
    private record Keyed(Map<String, long[]> byText, long[] others) {
        long[] of(@Nullable String text) {
            long[] own = text == null ? null : byText.get(text);
            return own == null ? others : own;
        }
    }

    PolicyIndex(List<Rbac.Policy> policies, UnaryOperator<String> spelling) {
        words = (policies.size() + 63) / 64;
        Map<String, long[]> byMethod = new HashMap<>();
        Map<String, long[]> byPrincipal = new HashMap<>();
        Map<String, long[]> byNamespace = new HashMap<>();
        Map<String, long[]> byPath = new HashMap<>();
        Map<String, long[]> byPrefix = new HashMap<>();
        long[] anyMethod = new long[words];
        long[] anyPrincipal = new long[words];
        long[] anyNamespace = new long[words];
        long[] anyPath = new long[words];
        all = new long[words];
        for (int i = 0; i < policies.size(); i++) {
            Rbac.Policy policy = policies.get(i);
            enter(i, Needs.methods(policy.permissions()), byMethod, anyMethod);
            enter(i, Needs.principals(policy.principals()), byPrincipal, anyPrincipal);
            enter(i, Needs.namespaces(policy.principals()), byNamespace, anyNamespace);
            set(all, i);
            Needs.Paths paths = Needs.paths(policy.permissions());
            if (paths == null) {
                set(anyPath, i);
            } else {
                for (String exact : paths.exact()) {
                    set(of(byPath, spelling.apply(exact)), i);
                }
                for (String prefix : paths.prefixes()) {
                    set(of(byPrefix, spelling.apply(prefix)), i);
                }
            }
        }
        methods = keyed(byMethod, anyMethod);
        principals = keyed(byPrincipal, anyPrincipal);
        namespaces = keyed(byNamespace, anyNamespace);
        exactPaths = keyed(byPath, anyPath);
        prefixes = new PrefixTable(byPrefix, words);
    }

    private void enter(int policy, @Nullable List<String> texts, Map<String, long[]> byText, long[] others) {
        if (texts == null) {
            set(others, policy);
        } else {
            texts.forEach(text -> set(of(byText, text), policy));
        }
    }

    private long[] of(Map<String, long[]> sets, String key) {
        return sets.computeIfAbsent(key, k -> new long[words]);
    }

    private static void set(long[] bits, int policy) {
        bits[policy >> 6] |= 1L << policy;
    }

    /** Whoever is found by a text is found beside those that ask for none. */
    private static Keyed keyed(Map<String, long[]> byText, long[] others) {
        byText.values().forEach(bits -> {
            for (int i = 0; i < bits.length; i++) {
                bits[i] |= others[i];
            }
        });
        return new Keyed(byText, others);
    }

    /** The policies that may match, in their order. */
    Candidates candidates(Arrival arrival, String path) {
        String principal = arrival.principal();
        return new Candidates(
                methods.of(arrival.head().method()),
                principals.of(principal),
                namespaces(principal),
                exactPaths.of(path),
                prefixes.longest(path));
    }

    private long[] namespaces(@Nullable String principal) {
        if (namespaces.byText.isEmpty()) {
            return all;
        }
        int at = principal == null ? -1 : principal.indexOf(NAMESPACE);
        if (principal == null || at < 0) {
            return namespaces.others;
        }
        int from = at + NAMESPACE.length();
        int end = principal.indexOf('/', from);
        // An identity of another form may name several, and every one of them counts.
        if (end < 0 || principal.indexOf(NAMESPACE, end) >= 0) {
            return all;
        }
        return namespaces.of(principal.substring(from, end));
    }

    private static final String NAMESPACE = "/ns/";

    /**
     * The common members of sets, the last in two parts.
     *
     * @param prefix null = no prefix fits
     */
    record Candidates(long[] method, long[] principal, long[] namespace, long[] path, long @Nullable [] prefix) {
        /** The next one from this number on, or -1. */
        int next(int from) {
            for (int word = from >> 6; word < method.length; word++) {
                long asked = path[word] | (prefix == null ? 0 : prefix[word]);
                long bits = method[word] & principal[word] & namespace[word] & asked;
                if (word == from >> 6) {
                    bits &= -1L << from;
                }
                if (bits != 0) {
                    return (word << 6) + Long.numberOfTrailingZeros(bits);
                }
            }
            return -1;
        }
    }
}
