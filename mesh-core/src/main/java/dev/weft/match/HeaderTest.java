package dev.weft.match;

import dev.weft.config.HeaderMatch;
import dev.weft.request.RequestHead;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A {@link HeaderMatch} made ready. A repeated header is judged value by value, as Envoy 1.40 does. */
public final class HeaderTest {
    private final HeaderMatch match;
    private final @Nullable TextTest text;
    private final Predicate<String> condition = this::holds;

    private HeaderTest(HeaderMatch match, @Nullable TextTest text) {
        this.match = match;
        this.text = text;
    }

    public static HeaderTest of(HeaderMatch match) {
        return new HeaderTest(
                match, match.condition() instanceof HeaderMatch.Value value ? TextTest.of(value.match()) : null);
    }

    public boolean test(RequestHead head) {
        boolean pseudo = isPseudo(match.name());
        String value = pseudo ? pseudo(match.name(), head) : head.headers().first(match.name());
        if (match.condition() instanceof HeaderMatch.Present present) {
            return (value != null) == present.present() != match.invert();
        }
        if (value == null) {
            // Not even a negated condition holds for a header that is not there, unless that was asked for.
            return match.absentIsEmpty() && holds("") != match.invert();
        }
        boolean held = pseudo ? holds(value) : head.headers().anyValue(match.name(), condition);
        return held != match.invert();
    }

    private boolean holds(String value) {
        if (text != null) {
            return text.test(value);
        }
        HeaderMatch.Range range = (HeaderMatch.Range) match.condition();
        try {
            long number = Long.parseLong(value.trim());
            return number >= range.start() && number < range.end();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** As in {@code header end-user exact "jason"}. */
    public String describe() {
        return "header " + match.name() + " " + (match.invert() ? "not " : "") + words();
    }

    /** Why the request fails this test. */
    public String describeMiss(RequestHead head) {
        String value = valueOf(match.name(), head);
        return describe() + (value == null ? ", was absent" : ", was \"" + value + "\"");
    }

    private String words() {
        if (text != null) {
            return text.describe();
        }
        if (match.condition() instanceof HeaderMatch.Present present) {
            return present.present() ? "present" : "absent";
        }
        HeaderMatch.Range range = (HeaderMatch.Range) match.condition();
        return "in [" + range.start() + ", " + range.end() + ")";
    }

    /** A header by name, pseudo-headers included; null if absent. */
    public static @Nullable String valueOf(String name, RequestHead head) {
        return isPseudo(name) ? pseudo(name, head) : head.headers().joined(name);
    }

    private static boolean isPseudo(String name) {
        return name.equals("host") || !name.isEmpty() && name.charAt(0) == ':';
    }

    private static @Nullable String pseudo(String name, RequestHead head) {
        return switch (name) {
            case ":method" -> head.method();
            case ":authority", "host" -> head.authority();
            case ":scheme" -> head.scheme();
            case ":path" -> head.path();
            default -> null;
        };
    }
}
