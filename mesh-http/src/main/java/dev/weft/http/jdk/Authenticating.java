package dev.weft.http.jdk;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;

/** Asks the context's authenticator, if there is one, and then its handler; as the JDK's server does it. */
final class Authenticating implements HttpHandler {
    private final Served served;
    private final MeshContext context;
    private final HttpHandler handler;

    Authenticating(Served served, MeshContext context, HttpHandler handler) {
        this.served = served;
        this.context = context;
        this.handler = handler;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Authenticator authenticator = context.getAuthenticator();
        if (authenticator != null) {
            Authenticator.Result result = authenticator.authenticate(exchange);
            if (result instanceof Authenticator.Retry retry) {
                reject(exchange, retry.getResponseCode());
                return;
            }
            if (result instanceof Authenticator.Failure failure) {
                reject(exchange, failure.getResponseCode());
                return;
            }
            served.principal(((Authenticator.Success) result).getPrincipal());
        }
        handler.handle(exchange);
    }

    private static void reject(HttpExchange exchange, int status) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
        }
        exchange.sendResponseHeaders(status, -1);
    }
}
