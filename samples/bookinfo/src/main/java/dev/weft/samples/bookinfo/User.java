package dev.weft.samples.bookinfo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who looks at the page. Anybody is who they say: the name only steers routes. */
public final class User {
    /** Fits into a header and a cookie as it stands. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,40}");

    private static final Pattern COOKIE = Pattern.compile("(?:^|;)\\s*bookinfo-user=([^;]*)");

    private User() {}

    /**
     * From {@code ?u=jason}, or else from the cookie of {@link #cookie}.
     *
     * @param query as it was sent, or null
     * @param cookies the values of all {@code Cookie} fields
     */
    public static Optional<String> of(@Nullable String query, List<String> cookies) {
        Optional<String> asked = parameter("u", query);
        if (asked.isPresent()) {
            return asked.filter(User::isName);
        }
        for (String each : cookies) {
            Matcher matcher = COOKIE.matcher(each);
            if (matcher.find() && isName(matcher.group(1))) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The value of {@code Set-Cookie}; an empty name signs out. */
    public static String cookie(String name) {
        return "bookinfo-user=" + name + "; Path=/; HttpOnly; SameSite=Lax" + (name.isEmpty() ? "; Max-Age=0" : "");
    }

    /** The first value of that name in a query. */
    private static Optional<String> parameter(String name, @Nullable String encoded) {
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
