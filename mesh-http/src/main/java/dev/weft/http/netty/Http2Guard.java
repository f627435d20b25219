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
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the requests of an HTTP/2 connection, each until it is decided on; it stands between the frames and the streams that are made of
 * them. Event loop only, but for {@link #serving}.
 */
final class Http2Guard extends ChannelDuplexHandler {
    static final String NAME = "weft-http2";

    private static final Logger log = LoggerFactory.getLogger(Http2Guard.class);

    /** So long the body of a refused request may go on coming. */
    private static final long UNREAD_SECONDS = 5;

    /**
     * So many heads of answers may wait to be sent, as in Envoy. A caller that reads has no more of them than streams; what is not flow controlled
     * would else be kept without end for one that only asks.
     */
    private static final int UNSENT = 10_000;

    private final Caller caller;
    private int unsent;
    private final Map<Integer, GuardedStream> streams = new ConcurrentHashMap<>();

    Http2Guard(Caller caller) {
        this.caller = caller;
    }

    /** The request of a stream, for the application. */
    @Nullable
    InboundExchange serving(int stream) {
        GuardedStream guarded = streams.get(stream);
        return guarded == null ? null : guarded.inbound;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof Http2StreamFrame frame) || frame.stream() == null) {
            context.fireChannelRead(message);
            return;
        }
        GuardedStream stream = streams.get(frame.stream().id());
        if (stream == null) {
            if (message instanceof Http2HeadersFrame request) {
                arrived(context, request);
            } else {
                context.fireChannelRead(message);
            }
        } else if (message instanceof Http2ResetFrame) {
            stream.drop(context);
            streams.remove(frame.stream().id());
            stream.inbound.lost();
            context.fireChannelRead(message);
        } else {
            stream.read(context, frame);
        }
    }

    private void arrived(ChannelHandlerContext context, Http2HeadersFrame request) {
        if (caller.refused()) {
            context.close();
            return;
        }
        RequestHead head;
        try {
            head = head(request.headers());
        } catch (BadRequestException e) {
            log.debug("400: {}", e.getMessage());
            answer(context, request, BadRequestException.STATUS, Headers.EMPTY, "");
            reset(context, request.stream());
            return;
        }
        InboundExchange inbound = caller.begin(head);
        GuardedStream stream = new GuardedStream(inbound);
        int id = request.stream().id();
        streams.put(id, stream);
        CompletableFuture<@Nullable LocalReply> decision = Verdict.ofRouted(inbound);
        if (decision.isDone()) {
            decided(context, request, head, stream, decision);
        } else {
            decision.whenComplete((reply, failure) -> context.executor().execute(() -> {
                if (streams.get(id) == stream) {
                    decided(context, request, head, stream, decision);
                }
            }));
        }
    }

    private RequestHead head(Http2Headers headers) throws BadRequestException {
        if (headers.method() == null || headers.path() == null) {
            throw new BadRequestException("no method or no path");
        }
        CharSequence authority = headers.authority();
        return WireHead.of(
                headers.method().toString(),
                caller.scheme(),
                headers.path().toString(),
                authority == null ? null : authority.toString(),
                true,
                Http2Fields.read(headers),
                caller.port());
    }

    private void decided(
            ChannelHandlerContext context,
            Http2HeadersFrame request,
            RequestHead arrived,
            GuardedStream stream,
            CompletableFuture<@Nullable LocalReply> decision) {
        LocalReply refusal = Verdict.now(decision, stream.inbound);
        if (refusal != null) {
            stream.refuse(context);
            stream.status = refusal.status();
            answer(context, request, refusal.status(), refusal.headers(), refusal.body());
            return;
        }
        if (DispatchedPath.decoded(stream.inbound.head().path()) == null) {
            stream.refuse(context);
            stream.status = BadRequestException.STATUS;
            answer(context, request, BadRequestException.STATUS, Headers.EMPTY, "");
            return;
        }
        Http2Fields.write(arrived, stream.inbound.head(), request.headers());
        try (Inbound.Scope scope = stream.inbound.enter()) {
            context.fireChannelRead(request);
        }
        stream.serve(context);
    }

    private void answer(
            ChannelHandlerContext context, Http2HeadersFrame request, int status, Headers fields, String text) {
        Http2FrameStream stream = request.stream();
        ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), text);
        Http2Headers headers = LocalAnswers.http2(status, fields, body.readableBytes());
        boolean silent =
                text.isEmpty() || "HEAD".contentEquals(request.headers().method());
        write(context, new DefaultHttp2HeadersFrame(headers, silent).stream(stream), context.newPromise());
        if (silent) {
            body.release();
        } else {
            write(context, new DefaultHttp2DataFrame(body, true).stream(stream), context.newPromise());
        }
        context.flush();
        if (!request.isEndStream()) {
            // What still comes is thrown away, for a while.
            context.executor().schedule(() -> reset(context, stream), UNREAD_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void reset(ChannelHandlerContext context, Http2FrameStream stream) {
        if (context.channel().isActive() && stream.state() != Http2Stream.State.CLOSED) {
            context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR).stream(stream));
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise given) {
        ChannelPromise promise = message instanceof Http2HeadersFrame ? counted(context, given.unvoid()) : given;
        if (!(message instanceof Http2StreamFrame frame) || frame.stream() == null) {
            context.write(message, promise);
            return;
        }
        int id = frame.stream().id();
        GuardedStream stream = streams.get(id);
        boolean last = message instanceof Http2DataFrame data && data.isEndStream()
                || message instanceof Http2HeadersFrame headers && headers.isEndStream();
        if (stream != null
                && message instanceof Http2HeadersFrame headers
                && headers.headers().status() != null) {
            int code = Integer.parseInt(headers.headers().status().toString());
            if (HttpStatusClass.valueOf(code) != HttpStatusClass.INFORMATIONAL) {
                stream.status = code;
                Http2Fields.apply(stream.inbound.responseHeaders(), headers.headers());
            }
        }
        if (stream == null || !last) {
            context.write(message, promise);
            return;
        }
        context.write(message, promise.unvoid()).addListener(sent -> {
            if (sent.isSuccess()) {
                stream.inbound.finished(stream.status);
            } else {
                stream.inbound.lost();
            }
        });
    }

    private ChannelPromise counted(ChannelHandlerContext context, ChannelPromise sent) {
        unsent++;
        sent.addListener(done -> unsent--);
        if (unsent > UNSENT) {
            log.debug("{} reads no answers: closed", context.channel().remoteAddress());
            // Past the codec, which would wait until a last word of its own is sent.
            context.pipeline().firstContext().close();
        }
        return sent;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2FrameStreamEvent changed
                && changed.type() == Http2FrameStreamEvent.Type.State
                && changed.stream().state() == Http2Stream.State.CLOSED) {
            GuardedStream stream = streams.remove(changed.stream().id());
            if (stream != null) {
                stream.drop(context);
                // Later than the answer's end, if there was one: then it changes nothing.
                context.executor().execute(stream.inbound::lost);
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(context);
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end(context);
    }

    private void end(ChannelHandlerContext context) {
        streams.values().forEach(stream -> {
            stream.drop(context);
            stream.inbound.lost();
        });
        streams.clear();
    }
}
