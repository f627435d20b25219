package dev.weft.route;

import dev.weft.config.HeaderMatch;
import dev.weft.request.RequestHead;
import org.jspecify.annotations.Nullable;

/** A {@link HeaderMatch} made ready. */
final class HeaderTest {
    private final HeaderMatch match;
    private final @Nullable TextTest text;

    private HeaderTest(HeaderMatch match, @Nullable TextTest text) {
        this.match = match;
        this.text = text;
    }

    static HeaderTest of(HeaderMatch match) {
        return new HeaderTest(
                match, match.condition() instanceof HeaderMatch.Value value ? TextTest.of(value.match()) : null);
    }

    boolean test(RequestHead head) {
        String value = valueOf(match.name(), head);
        if (match.condition() instanceof HeaderMatch.Present present) {
            return (value != null) == present.present() != match.invert();
        }
        if (value == null) {
            if (!match.absentIsEmpty()) {
                return match.invert();
            }
            value = "";
        }
        return holds(value) != match.invert();
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

    /** Why the request fails this test. */
    String describeMiss(RequestHead head) {
        String value = valueOf(match.name(), head);
        return "header " + match.name() + " " + (match.invert() ? "not " : "") + words()
                + (value == null ? ", was absent" : ", was \"" + value + "\"");
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
    static @Nullable String valueOf(String name, RequestHead head) {
        if (name.isEmpty() || name.charAt(0) != ':') {
            return "host".equals(name) ? head.authority() : head.headers().joined(name);
        }
        return switch (name) {
            case ":method" -> head.method();
            case ":authority" -> head.authority();
            case ":scheme" -> head.scheme();
            case ":path" -> head.path();
            default -> null;
        };
    }
}
