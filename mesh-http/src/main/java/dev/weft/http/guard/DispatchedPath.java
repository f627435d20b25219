package dev.weft.http.guard;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The path that was judged, as servers and applications read it. They decode escapes; where that would make another path of it than policies
 * were written for, nothing is served.
 */
public final class DispatchedPath {
    private DispatchedPath() {}

    /**
     * The judged path as a server decodes it.
     *
     * @param judged path with an optional query, in the form that was judged
     * @return null if decoding would change its segments or what they mean: an encoded slash, backslash or control character, broken
     *     UTF-8, a percent sign that is none
     */
    public static @Nullable String decoded(String judged) {
        String path = withoutQuery(judged);
        if (path.indexOf('\\') >= 0) {
            return null;
        }
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] bytes = new byte[path.length() * 3];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int value = i + 2 < path.length() ? hex(path, i + 1) : -1;
                if (value < ' ' || value == '/' || value == '\\' || value == 0x7F) {
                    return null;
                }
                bytes[length++] = (byte) value;
                i += 2;
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                return null;
            }
        }
        return text(ByteBuffer.wrap(bytes, 0, length));
    }

    /**
     * The judged path as a router reads it that leaves the parameters of segments out ({@code /a;x=1/b} is {@code /a/b}), decoded.
     *
     * @param judged path with an optional query, in the form that was judged
     * @return null if it has none, or as for {@link #decoded}
     */
    public static @Nullable String withoutParameters(String judged) {
        String path = withoutQuery(judged);
        if (path.indexOf(';') < 0) {
            return null;
        }
        StringBuilder kept = new StringBuilder(path.length());
        boolean parameter = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            parameter = c != '/' && (parameter || c == ';');
            if (!parameter) {
                kept.append(c);
            }
        }
        return decoded(kept.toString());
    }

    /** The part before the question mark. */
    public static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** The part after the question mark; null without one. */
    public static @Nullable String query(String path) {
        int query = path.indexOf('?');
        return query < 0 ? null : path.substring(query + 1);
    }

    private static int hex(String path, int at) {
        int high = Character.digit(path.charAt(at), 16);
        int low = Character.digit(path.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static @Nullable String text(ByteBuffer bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return text.toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
