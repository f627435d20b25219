package dev.weft.samples.bookinfo;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who looks at the page. Anybody is who they say: the name only steers routes. */
final class User {
    /** Fits into a header and a cookie as it stands. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,40}");

    private static final Pattern COOKIE = Pattern.compile("(?:^|;)\\s*bookinfo-user=([^;]*)");

    private User() {}

    /** From {@code ?u=jason}, or else from the cookie of {@link #cookie}. */
    static Optional<String> of(URI uri, Headers headers) {
        Optional<String> asked = parameter("u", uri.getRawQuery());
        if (asked.isPresent()) {
            return asked.filter(User::isName);
        }
        for (String cookies : headers.getOrDefault("Cookie", java.util.List.of())) {
            Matcher matcher = COOKIE.matcher(cookies);
            if (matcher.find() && isName(matcher.group(1))) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The value of {@code Set-Cookie}; an empty name signs out. */
    static String cookie(String name) {
        return "bookinfo-user=" + name + "; Path=/; HttpOnly; SameSite=Lax" + (name.isEmpty() ? "; Max-Age=0" : "");
    }

    /** The first value of that name in a query or a form. */
    static Optional<String> parameter(String name, @org.jspecify.annotations.Nullable String encoded) {
        if (encoded == null) {
            return Optional.empty();
        }
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equals(name)) {
                try {
                    return Optional.of(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    return Optional.empty(); // "%zz" names nobody
                }
            }
        }
        return Optional.empty();
    }
}
