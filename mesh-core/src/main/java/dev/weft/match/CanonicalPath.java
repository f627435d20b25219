package dev.weft.match;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The one spelling of all paths that servers take for the same: escapes of characters that have no meaning in a path are
 * decoded ({@code %3A} is {@code :}), the digits of all others are in upper case. Slashes, backslashes, semicolons, percent signs
 * and controls stay escaped. Applied to a normalised path and to the text of a pattern alike.
 */
public final class CanonicalPath {
    private static final String HARMLESS = "!$&'()*+,=:@-._~";

    private CanonicalPath() {}

    /** The same instance when nothing changes. */
    public static String of(String path) {
        int at = path.indexOf('%');
        if (at < 0) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        int done = 0;
        while (at >= 0) {
            int value = at + 2 < path.length() ? value(path, at) : -1;
            if (value >= 0) {
                out.append(path, done, at);
                if (isHarmless(value)) {
                    out.append((char) value);
                } else {
                    out.append(path.substring(at, at + 3).toUpperCase(Locale.ROOT));
                }
                done = at + 3;
            }
            at = path.indexOf('%', Math.max(at + 1, done));
        }
        String changed = out.append(path, done, path.length()).toString();
        return changed.equals(path) ? path : changed;
    }

    /** The spelling of a path that a server has decoded already. */
    public static String encoded(String decoded) {
        StringBuilder out = null;
        byte[] bytes = decoded.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            boolean plain = isHarmless(c) || c == '/' || c == ';';
            if (!plain && out == null) {
                // Only what is plain lies before, of which each character is one byte.
                out = new StringBuilder(bytes.length + 16).append(decoded, 0, i);
            }
            if (out != null) {
                if (plain) {
                    out.append((char) c);
                } else {
                    out.append('%').append(digit(c >> 4)).append(digit(c & 0xf));
                }
            }
        }
        return out == null ? decoded : out.toString();
    }

    private static char digit(int value) {
        return Character.toUpperCase(Character.forDigit(value, 16));
    }

    private static boolean isHarmless(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || HARMLESS.indexOf(c) >= 0;
    }

    private static int value(String path, int at) {
        char high = path.charAt(at + 1);
        char low = path.charAt(at + 2);
        // Other scripts have digits too, which no server takes for any.
        return high > 'f' || low > 'f' || Character.digit(high, 16) < 0 || Character.digit(low, 16) < 0
                ? -1
                : Character.digit(high, 16) << 4 | Character.digit(low, 16);
    }
}
