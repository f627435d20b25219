package dev.weft.authz.jwt;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The query of a path, parameter by parameter; what is not looked for stays as it was written. */
final class QueryText {
    private QueryText() {}

    /** Each value of a parameter, decoded. */
    static void values(String path, String name, Consumer<String> each) {
        int query = path.indexOf('?');
        if (query < 0) {
            return;
        }
        for (String parameter : path.substring(query + 1).split("&", -1)) {
            if (isNamed(parameter, name)) {
                int equals = parameter.indexOf('=');
                each.accept(equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
            }
        }
    }

    static String without(String path, String name) {
        int query = path.indexOf('?');
        if (query < 0) {
            return path;
        }
        StringBuilder kept = new StringBuilder(path.length()).append(path, 0, query);
        char before = '?';
        for (String parameter : path.substring(query + 1).split("&", -1)) {
            if (!isNamed(parameter, name)) {
                kept.append(before).append(parameter);
                before = '&';
            }
        }
        return kept.toString();
    }

    private static boolean isNamed(String parameter, String name) {
        int equals = parameter.indexOf('=');
        return decoded(equals < 0 ? parameter : parameter.substring(0, equals)).equals(name);
    }

    /** Percent-decoded; what is no escape stays. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                out[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[length++] = bytes[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
