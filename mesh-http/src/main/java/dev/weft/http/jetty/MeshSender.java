package dev.weft.http.jetty;

import dev.weft.http.body.OutgoingBody;
import dev.weft.http.body.PushedBody;
import dev.weft.http.call.HeadBuilder;
import dev.weft.http.call.OutboundCall;
import dev.weft.http.call.Terms;
import dev.weft.request.Inbound;
import dev.weft.request.RequestHead;
import io.opentelemetry.context.Scope;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpSender;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Begins the call with the head of a request, and gives its body as it is asked for. */
final class MeshSender extends HttpSender {
    private final MeshDestination destination;
    private final MeshReceiver receiver;

    // What Jetty has given and the call has not yet taken; Jetty gives the next when this one's callback has been told.
    private final AtomicReference<@Nullable Part> waiting = new AtomicReference<>();
    private final AtomicBoolean awaitsServer = new AtomicBoolean();

    // Written once when the call begins.
    private volatile @Nullable OutboundCall call;
    private volatile @Nullable PushedBody body;
    private volatile boolean cancelled;

    private record Part(byte[] bytes, boolean last, Callback callback) {
        static Part of(ByteBuffer content, boolean last, Callback callback) {
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            return new Part(bytes, last, callback);
        }
    }

    MeshSender(MeshChannel channel, MeshDestination destination, MeshReceiver receiver) {
        super(channel);
        this.destination = destination;
        this.receiver = receiver;
    }

    @Override
    protected void sendHeaders(HttpExchange exchange, ByteBuffer content, boolean last, Callback callback) {
        Request request = exchange.getRequest();
        Part first = Part.of(content, last, callback);
        boolean expects = expects100Continue(request);
        if (last) {
            // In memory as a whole, so it can be sent again.
            begin(exchange, OutgoingBody.of(first.bytes), expects);
            callback.succeeded();
            return;
        }
        PushedBody pushed = new PushedBody(request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH), this::resume);
        body = pushed;
        awaitsServer.set(expects);
        begin(exchange, pushed, expects);
        offer(first);
    }

    private void begin(HttpExchange exchange, OutgoingBody sent, boolean expects) {
        Caller caller = Caller.of(exchange.getConversation());
        Terms terms = caller.terms(exchange.getRequest()).expectContinue(expects);
        try (Inbound.Scope scope = caller.inbound().open();
                Scope traced = caller.trace().makeCurrent()) {
            OutboundCall begun = destination.outbound().begin(head(exchange.getRequest()), sent, terms, receiver);
            call = begun;
            if (cancelled) {
                begun.cancel();
            }
        }
    }

    private RequestHead head(Request request) {
        String query = request.getQuery();
        String path = request.getPath() == null || request.getPath().isEmpty() ? "/" : request.getPath();
        HeadBuilder head = HeadBuilder.of(
                request.getMethod(),
                destination.getScheme(),
                destination.authority(),
                query == null ? path : path + "?" + query);
        request.getHeaders().forEach(field -> head.field(field.getName(), field.getValue()));
        return head.build();
    }

    @Override
    protected void sendContent(HttpExchange exchange, ByteBuffer content, boolean last, Callback callback) {
        offer(Part.of(content, last, callback));
    }

    private void offer(Part part) {
        if (part.bytes.length == 0 && !part.last) {
            part.callback.succeeded();
            return;
        }
        waiting.set(part);
        push();
    }

    /** The call asks for more, on a thread of the transport, where nobody's code may run. */
    private void resume() {
        destination.getHttpClient().getExecutor().execute(() -> {
            HttpExchange exchange = getHttpExchange();
            if (exchange != null && awaitsServer.compareAndSet(true, false)) {
                exchange.proceed(null, null);
            }
            push();
        });
    }

    private void push() {
        PushedBody to = body;
        Part part = waiting.get();
        if (to != null && part != null && to.ready() && waiting.compareAndSet(part, null)) {
            if (part.bytes.length > 0) {
                to.give(part.bytes);
            }
            if (part.last) {
                to.end();
            }
            part.callback.succeeded();
        }
    }

    /** The exchange has failed: nobody waits for the call. */
    void cancel() {
        cancelled = true;
        OutboundCall begun = call;
        if (begun != null) {
            begun.cancel();
        }
    }
}
