package dev.weft.config;

/**
 * Into which form a path is brought before it is judged and dispatched. Istio's {@code meshConfig.pathNormalization}.
 *
 * @param normalize dot segments are resolved, backslashes turned, escapes of unreserved characters decoded
 * @param mergeSlashes several slashes become one
 * @param escapedSlashes what becomes of {@code %2F} and {@code %5C}
 */
public record PathNormalization(boolean normalize, boolean mergeSlashes, EscapedSlashes escapedSlashes) {
    /** Istio's default. */
    public static final PathNormalization BASE = new PathNormalization(true, false, EscapedSlashes.KEEP);

    /** What becomes of {@code %2F} and {@code %5C}, in either case of letters. */
    public enum EscapedSlashes {
        /** They stay. */
        KEEP,
        /** They become slashes, before everything else. */
        UNESCAPE,
        /** The request is refused. */
        REJECT,
        /** The caller is told to come again with slashes. */
        REDIRECT
    }
}
