package dev.weft.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import dev.weft.engine.InboundExchange;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request while the application serves it: what it may see of the head, and the moment at which its response is complete. Used by one
 * thread at a time, as an {@link HttpExchange} is.
 */
final class Served {
    final HttpExchange exchange;
    final HttpContext context;

    private final InboundExchange inbound;
    private final Headers requestHeaders;
    private @Nullable OutputStream tracked;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;
    private int status;

    Served(HttpExchange exchange, InboundExchange inbound, HttpContext context, RequestHead arrived) {
        this.exchange = exchange;
        this.inbound = inbound;
        this.context = context;
        requestHeaders = visible(exchange.getRequestHeaders(), arrived, inbound.head());
    }

    /** The fields as they came, without those that the engine has taken out. */
    private static Headers visible(Headers came, RequestHead arrived, RequestHead left) {
        if (arrived == left) {
            return came;
        }
        Headers visible = new Headers();
        came.forEach((name, values) -> {
            if (!arrived.headers().contains(name) || left.headers().contains(name)) {
                visible.put(name, values);
            }
        });
        return visible;
    }

    Headers requestHeaders() {
        return requestHeaders;
    }

    void sendResponseHeaders(int code, long length) throws IOException {
        try {
            exchange.sendResponseHeaders(code, length);
        } catch (IOException e) {
            inbound.lost();
            throw e;
        }
        status = code;
        if (length == -1) {
            inbound.finished(code);
        }
    }

    InputStream requestBody() {
        return input == null ? exchange.getRequestBody() : input;
    }

    OutputStream responseBody() {
        if (output != null) {
            return output;
        }
        if (tracked == null) {
            tracked = new TrackedOutput(exchange.getResponseBody(), this::complete, inbound::lost);
        }
        return tracked;
    }

    void setStreams(@Nullable InputStream in, @Nullable OutputStream out) {
        input = in == null ? input : in;
        output = out == null ? output : out;
    }

    private void complete() {
        if (status == 0) {
            inbound.lost();
        } else {
            inbound.finished(status);
        }
    }

    void close() {
        exchange.close();
        complete();
    }
}
