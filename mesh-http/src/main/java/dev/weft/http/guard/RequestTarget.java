package dev.weft.http.guard;

import org.jspecify.annotations.Nullable;

/**
 * The target of a request line, taken apart (RFC 9112, 3.2).
 *
 * @param authority of an absolute target, which counts more than {@code Host}; null in all other forms
 * @param path path and query, beginning with {@code /}, or {@code *}
 */
record RequestTarget(@Nullable String authority, String path) {

    static RequestTarget of(String method, String raw) throws BadRequestException {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c == 0x7F || c == '#') {
                throw new BadRequestException(
                        String.format("target: U+%04X at position %d, which no target may hold", (int) c, i));
            }
        }
        if (raw.startsWith("/")) {
            return new RequestTarget(null, raw);
        }
        if (raw.equals("*") && method.equals("OPTIONS")) {
            return new RequestTarget(null, raw);
        }
        int start = afterScheme(raw);
        if (start < 0) {
            throw new BadRequestException("target: a path, an http URL, or * for OPTIONS was expected");
        }
        int end = start;
        while (end < raw.length() && "/?\\".indexOf(raw.charAt(end)) < 0) {
            end++;
        }
        String rest = raw.substring(end);
        return new RequestTarget(raw.substring(start, end), rest.startsWith("/") ? rest : "/" + rest);
    }

    private static int afterScheme(String raw) {
        for (String scheme : new String[] {"http://", "https://"}) {
            if (raw.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return -1;
    }
}
