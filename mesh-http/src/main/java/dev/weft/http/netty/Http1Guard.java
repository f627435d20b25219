package dev.weft.http.netty;

import dev.weft.engine.InboundExchange;
import dev.weft.http.guard.BadRequestException;
import dev.weft.http.guard.DispatchedPath;
import dev.weft.http.guard.Verdict;
import dev.weft.http.guard.WireHead;
import dev.weft.request.Headers;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds each HTTP/1.1 request of a connection until it is decided on, and the next one until the answer is out. What arrives meanwhile
 * waits here, and nothing more is read. Event loop only.
 */
final class Http1Guard extends ChannelDuplexHandler {
    static final String NAME = "weft-http1";

    private static final Logger log = LoggerFactory.getLogger(Http1Guard.class);

    private enum Phase {
        /** Nothing is asked. The rest of a body whose answer is out already may still come. */
        BETWEEN,
        DECIDING,
        /** Reactor Netty has it. */
        SERVED,
        /** Our answer is under way; the rest of the request, if there is one, is of no interest. */
        REFUSED,
        /** No more HTTP is spoken: a WebSocket, or our last answer is out. */
        OVER
    }

    private final Caller caller;
    private final Queue<Object> waiting = new ArrayDeque<>();
    private Phase phase = Phase.BETWEEN;

    /** Written on the event loop; the application asks on any thread. */
    private volatile @Nullable InboundExchange inbound;

    /** The rest of a request that was refused is still to come. */
    private boolean skipping;

    private boolean readWanted;
    private int status;

    Http1Guard(Caller caller) {
        this.caller = caller;
    }

    /** The request that is served now, for the application. */
    @Nullable
    InboundExchange serving() {
        return inbound;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean switched = phase == Phase.OVER && status == 101;
        if (!(message instanceof HttpObject) || switched && !(message instanceof HttpRequest)) {
            context.fireChannelRead(message);
        } else if (switched) {
            // Who switches speaks HTTP no more; a request would be served that nobody has judged.
            ReferenceCountUtil.release(message);
            context.close();
        } else if (phase == Phase.OVER) {
            ReferenceCountUtil.release(message);
        } else if (!waiting.isEmpty()
                || phase == Phase.DECIDING
                || message instanceof HttpRequest && phase != Phase.BETWEEN) {
            waiting.add(message);
        } else {
            take(context, message);
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            arrived(context, request);
        } else if (skipping) {
            skipping = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest && caller.refused()) {
            close(context, message);
        } else {
            // Also what could not be decoded, which Reactor Netty answers with 400 and closes.
            context.fireChannelRead(message);
        }
    }

    private void close(ChannelHandlerContext context, Object message) {
        over();
        ReferenceCountUtil.release(message);
        context.close();
    }

    private void arrived(ChannelHandlerContext context, HttpRequest request) {
        if (caller.refused()) {
            close(context, request);
            return;
        }
        RequestHead head;
        try {
            head = head(request);
        } catch (BadRequestException e) {
            log.debug("400: {}", e.getMessage());
            ReferenceCountUtil.release(request);
            answer(context, request, BadRequestException.STATUS, Headers.EMPTY, "");
            return;
        }
        InboundExchange exchange = caller.begin(head);
        inbound = exchange;
        phase = Phase.DECIDING;
        CompletableFuture<@Nullable LocalReply> decision = Verdict.ofRouted(exchange);
        if (decision.isDone()) {
            decided(context, request, head, exchange, decision);
        } else {
            decision.whenComplete((reply, failure) -> context.executor().execute(() -> {
                if (phase == Phase.DECIDING && inbound == exchange) {
                    decided(context, request, head, exchange, decision);
                    next(context);
                } else {
                    ReferenceCountUtil.release(request);
                }
            }));
        }
    }

    private RequestHead head(HttpRequest request) throws BadRequestException {
        return WireHead.of(
                request.method().name(),
                caller.scheme(),
                request.uri(),
                null,
                !request.protocolVersion().equals(HttpVersion.HTTP_1_0),
                Http1Fields.read(request.headers()),
                caller.port());
    }

    private void decided(
            ChannelHandlerContext context,
            HttpRequest request,
            RequestHead arrived,
            InboundExchange exchange,
            CompletableFuture<@Nullable LocalReply> decision) {
        LocalReply refusal = Verdict.now(decision, exchange);
        if (refusal != null) {
            ReferenceCountUtil.release(request);
            answer(context, request, refusal.status(), refusal.headers(), refusal.body());
            return;
        }
        if (DispatchedPath.decoded(exchange.head().path()) == null) {
            ReferenceCountUtil.release(request);
            answer(context, request, BadRequestException.STATUS, Headers.EMPTY, "");
            return;
        }
        phase = Phase.SERVED;
        status = 0;
        request.setUri(exchange.head().path());
        Http1Fields.write(arrived, exchange.head(), request.headers());
        try (Inbound.Scope scope = exchange.enter()) {
            context.fireChannelRead(request);
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest request, int code, Headers fields, String body) {
        boolean whole = Http1Fields.hasNoBody(request);
        boolean keep = whole && HttpUtil.isKeepAlive(request);
        phase = Phase.REFUSED;
        skipping = !(request instanceof LastHttpContent);
        status = code;
        context.writeAndFlush(LocalAnswers.http1(context, request, code, fields, body, keep))
                .addListener(sent -> {
                    ended(sent.isSuccess());
                    if (keep && sent.isSuccess()) {
                        phase = Phase.BETWEEN;
                        next(context);
                        context.read();
                    } else {
                        over();
                        Lingering.close(context.channel());
                    }
                });
    }

    /** Hands on what has waited, up to the next request that has to wait itself. */
    private void next(ChannelHandlerContext context) {
        while (!waiting.isEmpty()
                && phase != Phase.DECIDING
                && phase != Phase.OVER
                && !(waiting.peek() instanceof HttpRequest && phase != Phase.BETWEEN)) {
            take(context, waiting.remove());
        }
        if (waiting.isEmpty() && readWanted) {
            readWanted = false;
            context.read();
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (waiting.isEmpty()) {
            context.read();
        } else {
            readWanted = true;
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        InboundExchange exchange = inbound;
        if (phase != Phase.SERVED || exchange == null) {
            context.write(message, promise);
            return;
        }
        if (message instanceof HttpResponse response) {
            int code = response.status().code();
            if (code >= 200 || code == 101) {
                status = code;
                Http1Fields.apply(exchange.responseHeaders(), response.headers());
            }
            if (code == 101) {
                phase = Phase.OVER;
                context.write(message, promise.unvoid()).addListener(sent -> ended(sent.isSuccess()));
                return;
            }
            if (code < 200) {
                context.write(message, promise);
                return;
            }
        }
        if (message instanceof LastHttpContent) {
            // Reactor Netty ends its own part in listeners of this write; the next request comes after those.
            context.write(message, promise.unvoid()).addListener(sent -> {
                ended(sent.isSuccess());
                context.executor().execute(() -> answered(context));
            });
            return;
        }
        context.write(message, promise);
    }

    private void answered(ChannelHandlerContext context) {
        if (phase == Phase.SERVED && inbound == null) {
            phase = Phase.BETWEEN;
            next(context);
        }
    }

    private void ended(boolean sent) {
        InboundExchange exchange = inbound;
        if (exchange != null) {
            inbound = null;
            if (sent) {
                exchange.finished(status);
            } else {
                exchange.lost();
            }
        }
    }

    private void over() {
        phase = Phase.OVER;
        status = 0;
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (phase != Phase.REFUSED) {
            ended(false);
        }
        over();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ended(false);
        over();
    }
}
