package dev.weft.config;

/** Text of others, made fit for a terminal and for one line of a log. */
public final class Printable {
    private Printable() {}

    /**
     * Shows what would steer a terminal, or break or reorder a line, as an escape: line feed as {@code \n}, escape as
     * <code>&#92;u001b</code>. All other text stays as it is, also that of other scripts.
     */
    public static String of(String text) {
        int clean = 0;
        while (clean < text.length() && !steers(text.charAt(clean))) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, clean);
        for (int i = clean; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (steers(c)) {
                        shown.append(String.format("\\u%04x", (int) c));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        return shown.toString();
    }

    /** Controls of both sets (C1 has a one-character CSI), line and paragraph separators, and marks that change direction. */
    private static boolean steers(char c) {
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069';
    }
}
