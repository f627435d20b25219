package dev.weft.http.jdk;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.weft.Mesh;
import dev.weft.engine.InboundExchange;
import dev.weft.http.transport.HopByHop;
import dev.weft.request.Headers;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Takes a request to the inbound engine before the application sees it, and its end after. */
final class GuardFilter extends Filter {
    private final Mesh mesh;
    private final String scheme;
    private final HttpContext context;

    GuardFilter(Mesh mesh, String scheme, HttpContext context) {
        this.mesh = mesh;
        this.scheme = scheme;
        this.context = context;
    }

    @Override
    public String description() {
        return "mesh guard";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        RequestHead arrived = head(exchange);
        InboundExchange inbound = mesh.inbound().begin(arrived);
        LocalReply refusal = inbound.refusal();
        if (refusal != null) {
            refuse(exchange, refusal, inbound);
            return;
        }
        Served served = new Served(exchange, inbound, context, arrived);
        HttpExchange shown = exchange instanceof HttpsExchange secure
                ? new GuardedHttpsExchange(served, secure)
                : new GuardedExchange(served);
        try (Inbound.Scope scope = inbound.enter()) {
            chain.doFilter(shown);
        } catch (IOException | RuntimeException | Error e) {
            // The server closes the connection; a response that is complete by now stays complete.
            inbound.lost();
            throw e;
        }
    }

    private RequestHead head(HttpExchange exchange) {
        Headers.Builder fields = Headers.builder();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("host") && !HopByHop.is(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> fields.add(name, value));
            }
        });
        String host = exchange.getRequestHeaders().getFirst("host");
        URI uri = exchange.getRequestURI();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new RequestHead(
                exchange.getRequestMethod(),
                scheme,
                host == null ? "" : host,
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery(),
                fields.build(),
                exchange.getLocalAddress().getPort());
    }

    private static void refuse(HttpExchange exchange, LocalReply refusal, InboundExchange inbound) throws IOException {
        byte[] body = refusal.body().getBytes(StandardCharsets.UTF_8);
        boolean silent = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        refusal.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        try (exchange) {
            exchange.sendResponseHeaders(refusal.status(), silent ? -1 : body.length);
            if (!silent) {
                exchange.getResponseBody().write(body);
            }
            inbound.finished(refusal.status());
        } catch (IOException e) {
            inbound.lost();
            throw e;
        }
    }
}
