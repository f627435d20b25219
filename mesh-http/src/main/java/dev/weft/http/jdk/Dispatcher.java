package dev.weft.http.jdk;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import dev.weft.engine.InboundExchange;
import dev.weft.http.guard.BadRequestException;
import dev.weft.http.guard.DispatchedPath;
import dev.weft.http.guard.Verdict;
import dev.weft.http.guard.WireHead;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SessionPeers;
import dev.weft.request.Headers;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request of a server to the inbound engine, and then to the context that the judged path names. */
final class Dispatcher implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    /** As the JDK's server says it. */
    private static final String NO_CONTEXT = "<h1>404 Not Found</h1>No context found for request";

    private final Guarding guarding;
    private final Contexts contexts;
    private final String scheme;

    Dispatcher(Guarding guarding, Contexts contexts, String scheme) {
        this.guarding = guarding;
        this.contexts = contexts;
        this.scheme = scheme;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (guarding.inlet().refuses(guarding.tls() == Tls.MESH)) {
            // Nothing has been sent, so this closes the connection.
            exchange.close();
            return;
        }
        RequestHead arrived;
        try {
            arrived = head(exchange);
        } catch (BadRequestException e) {
            log.debug("400: {}", e.getMessage());
            exchange.sendResponseHeaders(BadRequestException.STATUS, -1);
            exchange.close();
            return;
        }
        InboundExchange inbound = begin(exchange, arrived);
        try {
            LocalReply refusal = Verdict.now(Verdict.of(inbound), inbound);
            if (refusal == null) {
                serve(exchange, inbound, arrived);
            } else {
                answer(exchange, inbound, refusal.status(), refusal.headers(), refusal.body());
            }
        } catch (IOException | RuntimeException | Error e) {
            // The server closes the connection; a response that is complete by now stays complete.
            inbound.lost();
            throw e;
        }
    }

    private RequestHead head(HttpExchange exchange) throws BadRequestException {
        Headers.Builder fields = Headers.builder();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> fields.add(name, value)));
        return WireHead.of(
                exchange.getRequestMethod(),
                scheme,
                exchange.getRequestURI().toString(),
                null,
                !exchange.getProtocol().equalsIgnoreCase("HTTP/1.0"),
                fields.build(),
                exchange.getLocalAddress().getPort());
    }

    private InboundExchange begin(HttpExchange exchange, RequestHead arrived) {
        SSLSession session =
                guarding.tls() == Tls.MESH && exchange instanceof HttpsExchange secure ? secure.getSSLSession() : null;
        return guarding.inlet()
                .begin(
                        arrived,
                        session == null ? PeerIdentity.ANONYMOUS : SessionPeers.identity(session),
                        exchange.getRemoteAddress(),
                        exchange.getLocalAddress(),
                        session != null,
                        session == null ? "" : SessionPeers.sni(session));
    }

    private void serve(HttpExchange exchange, InboundExchange inbound, RequestHead arrived) throws IOException {
        String path = DispatchedPath.decoded(inbound.head().path());
        if (path == null) {
            answer(exchange, inbound, BadRequestException.STATUS, Headers.EMPTY, "");
            return;
        }
        MeshContext context = contexts.find(path);
        HttpHandler handler = context == null ? null : context.getHandler();
        if (context == null || handler == null) {
            int status = context == null ? 404 : 500;
            answer(
                    exchange,
                    inbound,
                    status,
                    Headers.of("content-type", "text/html"),
                    context == null ? NO_CONTEXT : "");
            return;
        }
        Served served = new Served(exchange, inbound, context, arrived);
        HttpExchange shown = exchange instanceof HttpsExchange secure
                ? new GuardedHttpsExchange(served, secure)
                : new GuardedExchange(served);
        try (Inbound.Scope scope = inbound.enter()) {
            new Filter.Chain(context.getFilters(), new Authenticating(served, context, handler)).doFilter(shown);
        }
    }

    private static void answer(
            HttpExchange exchange, InboundExchange inbound, int status, Headers fields, @Nullable String text)
            throws IOException {
        byte[] body = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        boolean silent = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        fields.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        try (exchange) {
            exchange.sendResponseHeaders(status, silent ? -1 : body.length);
            if (!silent) {
                exchange.getResponseBody().write(body);
                // Closing reads some of what the caller still sends, and newer JDKs hold the answer back until then.
                exchange.getResponseBody().flush();
            }
            inbound.finished(status);
        }
    }
}
