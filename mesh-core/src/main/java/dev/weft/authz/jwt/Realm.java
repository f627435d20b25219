package dev.weft.authz.jwt;

import dev.weft.request.RequestHead;

/** What a refused caller is told that he asked for: Envoy's {@code scheme://host/path}, of the path 256 characters at most. */
final class Realm {
    private static final int MAX_PATH = 256;

    private Realm() {}

    static String of(RequestHead head, boolean encrypted) {
        String forwarded = head.headers().first("x-forwarded-proto");
        boolean said = "http".equals(forwarded) || "https".equals(forwarded);
        String scheme = said ? forwarded : encrypted ? "https" : "http";
        String path = head.path();
        return quotable(
                scheme + "://" + head.authority() + (path.length() > MAX_PATH ? path.substring(0, MAX_PATH) : path));
    }

    /** It stands between quotes in a header field: what would end either is percent-encoded. */
    private static String quotable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c == 0x7F) {
                out.append(String.format("%%%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
