package dev.weft.http.spring;

import dev.weft.http.call.HeadBuilder;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Cookies that the user's own client would keep and send. */
final class Cookies {
    private Cookies() {}

    static void send(@Nullable CookieHandler cookies, URI uri, HttpHeaders headers, HeadBuilder head)
            throws IOException {
        if (cookies == null) {
            return;
        }
        cookies.get(uri, map(headers)).forEach((name, values) -> {
            if (name.equalsIgnoreCase(HttpHeaders.COOKIE) && !values.isEmpty()) {
                head.field(name, String.join("; ", values));
            }
        });
    }

    static void keep(@Nullable CookieHandler cookies, URI uri, HttpHeaders headers) throws IOException {
        if (cookies != null) {
            cookies.put(uri, map(headers));
        }
    }

    private static Map<String, List<String>> map(HttpHeaders headers) {
        Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(map::put);
        return map;
    }
}
