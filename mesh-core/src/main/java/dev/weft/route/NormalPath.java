package dev.weft.route;

import org.jspecify.annotations.Nullable;

/**
 * Path normalisation as Envoy does it for Istio: percent-encoded unreserved characters are decoded, {@code .} and
 * {@code ..} segments resolved (also {@code ..;x=y}), backslashes turned; {@code //}, {@code %2F}, {@code %5C} and {@code ;}
 * stay. Climbing above the root ends at the root.
 */
final class NormalPath {
    private NormalPath() {}

    /**
     * The normal form of a path, its query untouched.
     *
     * @return the same instance when nothing changes; null when the path holds an encoded NUL, which Envoy answers with 400
     */
    static @Nullable String of(String path) {
        int query = path.indexOf('?');
        int end = query < 0 ? path.length() : query;
        if (isNormal(path, end)) {
            return path;
        }
        String decoded = decode(path, end);
        if (decoded == null) {
            return null;
        }
        String resolved = resolve(decoded);
        return query < 0 ? resolved : resolved + path.substring(query);
    }

    private static boolean isNormal(String path, int end) {
        for (int i = 0; i < end; i++) {
            char c = path.charAt(i);
            if (c == '%' || c == '\\' || c == '.' && (i == 0 || path.charAt(i - 1) == '/')) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String decode(String path, int end) {
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

    /** The digit's value, or a negative number that keeps the whole byte negative. */
    private static int hex(char c) {
        int digit = Character.digit(c, 16);
        return digit < 0 || c > 'f' ? -0x100 : digit;
    }
}
