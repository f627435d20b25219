package dev.weft.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.weft.engine.InboundExchange;
import dev.weft.http.guard.ResponseFields;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request while the application serves it: what it may see of the head, and the moment at which its response is complete. Used by one
 * thread at a time, as an {@link HttpExchange} is.
 */
final class Served {
    /** The realm of callers that proved themselves to the mesh. */
    private static final String REALM = "mesh";

    final HttpExchange exchange;
    final HttpContext context;

    private final InboundExchange inbound;
    private final ShownHead head;
    private final Map<String, @Nullable Object> attributes = new HashMap<>();
    private @Nullable HttpPrincipal principal;
    private @Nullable OutputStream tracked;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;
    private int status;

    Served(HttpExchange exchange, InboundExchange inbound, HttpContext context, RequestHead arrived) {
        this.exchange = exchange;
        this.inbound = inbound;
        this.context = context;
        head = ShownHead.of(exchange, arrived, inbound.head());
    }

    URI uri() {
        return head.uri();
    }

    Headers requestHeaders() {
        return head.headers();
    }

    PeerIdentity caller() {
        return inbound.caller();
    }

    void principal(HttpPrincipal authenticated) {
        principal = authenticated;
    }

    /** The application's own, else the caller's identity. */
    @Nullable
    HttpPrincipal principal() {
        if (principal == null && !caller().isAnonymous()) {
            principal = new HttpPrincipal(caller().getName(), REALM);
        }
        return principal;
    }

    /** Of the request; where it has none of that name, of its context, as all requests shared those in older JDKs. */
    @Nullable
    Object attribute(String name) {
        return attributes.containsKey(name)
                ? attributes.get(name)
                : context.getAttributes().get(name);
    }

    void attribute(String name, @Nullable Object value) {
        attributes.put(name, value);
    }

    void sendResponseHeaders(int code, long length) throws IOException {
        ResponseFields.apply(inbound.responseHeaders(), new JdkFields(exchange.getResponseHeaders()));
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

    /** The JDK's fields, for the changes of a decision. */
    private record JdkFields(Headers headers) implements ResponseFields {
        @Override
        public boolean contains(String name) {
            return headers.containsKey(name);
        }

        @Override
        public void add(String name, String value) {
            headers.add(name, value);
        }

        @Override
        public void set(String name, @Nullable String value) {
            if (value == null) {
                headers.remove(name);
            } else {
                headers.set(name, value);
            }
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
