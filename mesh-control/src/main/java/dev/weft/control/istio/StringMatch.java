package dev.weft.control.istio;

import org.jspecify.annotations.Nullable;

/**
 * Istio's condition on a text; at most one is set, none means present.
 */
public record StringMatch(
        @Nullable String exact,
        @Nullable String prefix,
        @Nullable String regex) {
    public boolean isPresence() {
        return exact == null && prefix == null && regex == null;
    }

    static StringMatch read(Fields fields) {
        StringMatch match = new StringMatch(fields.string("exact"), fields.string("prefix"), fields.string("regex"));
        int set = (match.exact == null ? 0 : 1) + (match.prefix == null ? 0 : 1) + (match.regex == null ? 0 : 1);
        if (set > 1) {
            fields.problems()
                    .error(
                            fields.path("exact"),
                            fields.line(),
                            null,
                            "only one of exact, prefix and regex was expected");
        }
        return match;
    }
}
