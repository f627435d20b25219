package dev.weft.match;

import dev.weft.config.PathNormalization;
import dev.weft.config.PathNormalization.EscapedSlashes;
import org.jspecify.annotations.Nullable;

/**
 * Path normalisation, as Envoy 1.40 does it: percent-encoded unreserved characters are decoded, {@code .} and {@code ..}
 * segments resolved (also {@code ..;x=y}), backslashes turned, characters that no path may hold encoded. Climbing above the
 * root ends at the root; a percent sign that begins no escape stays. The query is never touched. Otherwise than by Envoy, encoded
 * dots with parameters are resolved too, since servers would do it later; and slashes alone are merged into one.
 */
public final class NormalPath {
    private NormalPath() {}

    /** The form under Istio's default rules; see {@link #of(String, PathNormalization)}. */
    public static @Nullable String of(String path) {
        return of(path, PathNormalization.BASE);
    }

    /**
     * The form in which a path is judged.
     *
     * @return the same instance when nothing changes; null when the request is to be answered 400: the path holds an encoded NUL,
     *     or an escaped slash where those are rejected
     */
    public static @Nullable String of(String path, PathNormalization rules) {
        int query = path.indexOf('?');
        int end = query < 0 ? path.length() : query;
        boolean escaped = rules.escapedSlashes() != EscapedSlashes.KEEP && escapedSlash(path, 0, end) >= 0;
        if (escaped && rules.escapedSlashes() == EscapedSlashes.REJECT) {
            return null;
        }
        if (!escaped
                && (!rules.normalize() || isNormal(path, end))
                && !(rules.mergeSlashes() && hasDouble(path, end))) {
            return path;
        }
        String changed = path.substring(0, end);
        if (escaped) {
            changed = unescape(changed);
        }
        if (rules.normalize()) {
            String decoded = decode(changed);
            if (decoded == null) {
                return null;
            }
            changed = resolve(decoded);
        }
        if (rules.mergeSlashes()) {
            changed = merge(changed);
        }
        return query < 0 ? changed : changed + path.substring(query);
    }

    /** Whether the path before the query holds {@code %2F} or {@code %5C}. */
    public static boolean hasEscapedSlash(String path) {
        int query = path.indexOf('?');
        return escapedSlash(path, 0, query < 0 ? path.length() : query) >= 0;
    }

    private static boolean isNormal(String path, int end) {
        for (int i = 0; i < end; i++) {
            char c = path.charAt(i);
            if (c == '%' || c == '\\' || isEncoded(c) || c == '.' && (i == 0 || path.charAt(i - 1) == '/')) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasDouble(String path, int end) {
        int at = path.indexOf("//");
        return at >= 0 && at + 1 < end;
    }

    /** Where the next {@code %2F} or {@code %5C} begins, or -1. */
    private static int escapedSlash(String path, int from, int end) {
        for (int i = path.indexOf('%', from); i >= 0 && i + 2 < end; i = path.indexOf('%', i + 1)) {
            int value = hex(path.charAt(i + 1)) << 4 | hex(path.charAt(i + 2));
            if (value == '/' || value == '\\') {
                return i;
            }
        }
        return -1;
    }

    private static String unescape(String path) {
        StringBuilder out = new StringBuilder(path.length());
        int done = 0;
        for (int i = escapedSlash(path, 0, path.length()); i >= 0; i = escapedSlash(path, i + 1, path.length())) {
            out.append(path, done, i).append(path.charAt(i + 1) == '2' ? '/' : '\\');
            done = i + 3;
        }
        return out.append(path, done, path.length()).toString();
    }

    private static @Nullable String decode(String path) {
        int end = path.length();
        StringBuilder out = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = path.charAt(i);
            if (c == '\\') {
                out.append('/');
            } else if (c == '%' && i + 2 < end) {
                int value = hex(path.charAt(i + 1)) << 4 | hex(path.charAt(i + 2));
                if (value == 0) {
                    return null;
                }
                if (value > 0 && isUnreserved((char) value)) {
                    out.append((char) value);
                    i += 2;
                } else {
                    out.append(c);
                }
            } else if (isEncoded(c)) {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String resolve(String path) {
        StringBuilder out = new StringBuilder(path.length());
        int at = path.startsWith("/") ? 1 : 0;
        while (at <= path.length()) {
            int slash = path.indexOf('/', at);
            int end = slash < 0 ? path.length() : slash;
            boolean last = slash < 0;
            int dots = dots(path, at, end);
            if (dots == 2) {
                int parent = out.lastIndexOf("/");
                out.setLength(Math.max(0, parent));
            }
            if (dots == 0) {
                out.append('/').append(path, at, end);
            } else if (last) {
                out.append('/');
            }
            at = end + 1;
        }
        return out.length() == 0 ? "/" : out.toString();
    }

    private static String merge(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '/' || i == 0 || path.charAt(i - 1) != '/') {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** 1 or 2 for a segment that is one or two dots, parameters not counted; else 0. */
    private static int dots(String path, int from, int to) {
        int semicolon = path.indexOf(';', from);
        int end = semicolon >= 0 && semicolon < to ? semicolon : to;
        int length = end - from;
        if (length < 1 || length > 2 || path.charAt(from) != '.' || path.charAt(end - 1) != '.') {
            return 0;
        }
        return length;
    }

    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /** Printable characters that RFC 3986 has no place for in a path, and that Envoy encodes. */
    private static boolean isEncoded(char c) {
        return c == '"' || c == '<' || c == '>' || c == '^' || c == '`' || c == '{' || c == '|' || c == '}';
    }

    /** The digit's value, or a negative number that keeps the whole byte negative. */
    private static int hex(char c) {
        int digit = Character.digit(c, 16);
        return digit < 0 || c > 'f' ? -0x100 : digit;
    }
}
