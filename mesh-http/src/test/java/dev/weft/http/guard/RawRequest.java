package dev.weft.http.guard;

/**
 * A request to the byte.
 *
 * @param group what is odd about it
 * @param bytes Latin-1, head and body
 * @param complete whether a server can know that nothing more comes, so that leaving it without an end is a hang
 */
public record RawRequest(String group, String bytes, boolean complete) {

    /** In one line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(group).append(": ");
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            text.append(
                    switch (c) {
                        case '\r' -> "\\r";
                        case '\n' -> "\\n";
                        default -> c < ' ' || c >= 0x7F ? String.format("\\x%02x", (int) c) : String.valueOf(c);
                    });
        }
        return text.toString();
    }
}
