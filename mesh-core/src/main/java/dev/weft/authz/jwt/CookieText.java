package dev.weft.authz.jwt;

import dev.weft.request.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The {@code cookie} fields of a request, cookie by cookie. */
final class CookieText {
    private static final String FIELD = "cookie";

    private CookieText() {}

    static void values(Headers headers, String name, Consumer<String> each) {
        for (String field : headers.all(FIELD)) {
            for (String cookie : field.split(";", -1)) {
                if (isNamed(cookie, name)) {
                    String value = cookie.substring(cookie.indexOf('=') + 1).trim();
                    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
                    each.accept(quoted ? value.substring(1, value.length() - 1) : value);
                }
            }
        }
    }

    static Headers without(Headers headers, String name) {
        List<String> kept = new ArrayList<>();
        for (String field : headers.all(FIELD)) {
            List<String> cookies = new ArrayList<>();
            for (String cookie : field.split(";", -1)) {
                if (!isNamed(cookie, name)) {
                    cookies.add(cookie.trim());
                }
            }
            if (!cookies.isEmpty()) {
                kept.add(String.join("; ", cookies));
            }
        }
        Headers.Builder builder = headers.toBuilder().remove(FIELD);
        kept.forEach(field -> builder.add(FIELD, field));
        return builder.build();
    }

    private static boolean isNamed(String cookie, String name) {
        int equals = cookie.indexOf('=');
        return equals > 0 && cookie.substring(0, equals).trim().equals(name);
    }
}
