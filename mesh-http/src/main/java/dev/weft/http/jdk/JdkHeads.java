package dev.weft.http.jdk;

import dev.weft.http.transport.HopByHop;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Between the JDK client's requests and responses and ours. */
final class JdkHeads {
    private static final String USER_AGENT = "Java-http-client/" + System.getProperty("java.version");

    private JdkHeads() {}

    /** The user's fields, his cookies, and the user agent that the JDK's client would send. */
    static RequestHead request(HttpRequest request, @Nullable CookieHandler cookies) throws IOException {
        URI uri = request.uri();
        Headers.Builder fields = Headers.builder();
        String[] host = {null};
        request.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("host")) {
                host[0] = values.get(0);
            } else if (!HopByHop.notSent(lower)) {
                values.forEach(value -> fields.add(lower, value));
            }
        });
        if (fields.first("user-agent") == null) {
            fields.add("user-agent", USER_AGENT);
        }
        if (cookies != null) {
            cookies.get(uri, request.headers().map()).forEach((name, values) -> {
                if (name.equalsIgnoreCase("cookie") && !values.isEmpty()) {
                    fields.add("cookie", String.join("; ", values));
                }
            });
        }
        String authority = authority(uri);
        String scheme = scheme(uri);
        RequestHead head = new RequestHead(request.method(), scheme, authority, path(uri), fields.build());
        return host[0] == null ? head : head.withAuthority(host[0]);
    }

    /** Host and port, without user information. */
    static String authority(URI uri) {
        String authority = uri.getRawAuthority();
        return authority == null ? "" : authority.substring(authority.lastIndexOf('@') + 1);
    }

    static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static String path(URI given) {
        // A URI may hold characters beyond ASCII; on the wire they are percent-encoded.
        URI uri = given.toString().chars().allMatch(c -> c < 0x80) ? given : URI.create(given.toASCIIString());
        String path = uri.getRawPath();
        String whole = path == null || path.isEmpty() ? "/" : path;
        return uri.getRawQuery() == null ? whole : whole + "?" + uri.getRawQuery();
    }

    static HttpHeaders response(Headers fields) {
        Map<String, List<String>> map = new TreeMap<>();
        fields.forEach((name, value) ->
                map.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value));
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
