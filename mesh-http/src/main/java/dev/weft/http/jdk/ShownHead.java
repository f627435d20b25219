package dev.weft.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.weft.http.transport.HopByHop;
import dev.weft.request.RequestHead;
import java.net.URI;
import java.util.Locale;

/**
 * What the application sees of a request's head: what was judged.
 *
 * @param uri its path is the one by which the context was chosen
 * @param headers fields that concern the connection as they came, all others as the engine left them
 */
record ShownHead(URI uri, Headers headers) {

    static ShownHead of(HttpExchange exchange, RequestHead arrived, RequestHead judged) {
        return new ShownHead(
                uri(exchange.getRequestURI(), judged), headers(exchange.getRequestHeaders(), arrived, judged));
    }

    private static URI uri(URI came, RequestHead judged) {
        String path = judged.path();
        if (path.startsWith("//")) {
            // By itself //x/y would name a host x and a path /y, which is not the one that was judged.
            String host = judged.authority().isEmpty() ? "localhost" : judged.authority();
            return URI.create(judged.scheme() + "://" + host + path);
        }
        return came.toString().equals(path) ? came : URI.create(path);
    }

    private static Headers headers(Headers came, RequestHead arrived, RequestHead judged) {
        boolean sameHost = judged.authority().equals(came.getFirst("host"));
        if (arrived.headers() == judged.headers() && sameHost) {
            return came;
        }
        Headers shown = new Headers();
        came.forEach((name, values) -> {
            if (HopByHop.is(name.toLowerCase(Locale.ROOT))) {
                shown.put(name, values);
            }
        });
        judged.headers().forEach((name, value) -> {
            if (!HopByHop.is(name)) {
                shown.add(name, value);
            }
        });
        if (!judged.authority().isEmpty()) {
            shown.set("Host", judged.authority());
        }
        return shown;
    }
}
