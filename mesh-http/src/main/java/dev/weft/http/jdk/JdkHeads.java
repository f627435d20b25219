package dev.weft.http.jdk;

import dev.weft.http.call.HeadBuilder;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
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
        HeadBuilder head = HeadBuilder.of(request.method(), uri);
        request.headers().map().forEach((name, values) -> values.forEach(value -> head.field(name, value)));
        head.fieldIfAbsent("user-agent", USER_AGENT);
        if (cookies != null) {
            cookies.get(uri, request.headers().map()).forEach((name, values) -> {
                if (name.equalsIgnoreCase("cookie") && !values.isEmpty()) {
                    head.field("cookie", String.join("; ", values));
                }
            });
        }
        return head.build();
    }

    static HttpHeaders response(Headers fields) {
        Map<String, List<String>> map = new TreeMap<>();
        fields.forEach((name, value) ->
                map.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value));
        return HttpHeaders.of(map, (name, value) -> true);
    }
}
