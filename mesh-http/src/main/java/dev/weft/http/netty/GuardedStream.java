package dev.weft.http.netty;

import dev.weft.engine.InboundExchange;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One request of an HTTP/2 connection. What of its body comes before the decision waits here; it is not counted as read, so that the
 * stream's window bounds it. Event loop only.
 */
final class GuardedStream {
    private enum Phase {
        DECIDING,
        SERVED,
        REFUSED
    }

    final InboundExchange inbound;

    /** Of the answer; 0 before. */
    int status;

    /**
     * So much of the body of a refused request is thrown away. To end its stream at once would be right as well (RFC 9113, 8.1), but some
     * clients then wait for ever, the JDK's among them; and who uploads more than that has to be stopped.
     */
    static final long DISCARDED_AT_MOST = 1 << 20;

    private final Queue<Http2StreamFrame> waiting = new ArrayDeque<>(0);
    private Phase phase = Phase.DECIDING;
    private long discarded;

    GuardedStream(InboundExchange inbound) {
        this.inbound = inbound;
    }

    void read(ChannelHandlerContext context, Http2StreamFrame frame) {
        switch (phase) {
            case DECIDING -> waiting.add(frame);
            case SERVED -> context.fireChannelRead(frame);
            case REFUSED -> consume(context, frame);
        }
    }

    void serve(ChannelHandlerContext context) {
        phase = Phase.SERVED;
        while (!waiting.isEmpty()) {
            context.fireChannelRead(waiting.remove());
        }
    }

    void refuse(ChannelHandlerContext context) {
        phase = Phase.REFUSED;
        drop(context);
    }

    /** Nobody will read what waits. */
    void drop(ChannelHandlerContext context) {
        while (!waiting.isEmpty()) {
            consume(context, waiting.remove());
        }
    }

    /** The connection's window, which all streams share, gets back what is thrown away. */
    private void consume(ChannelHandlerContext context, Http2StreamFrame frame) {
        if (frame instanceof Http2DataFrame data) {
            int bytes = data.initialFlowControlledBytes();
            var stream = data.stream();
            ReferenceCountUtil.release(data);
            if (bytes > 0 && stream != null) {
                discarded += bytes;
                context.write(new DefaultHttp2WindowUpdateFrame(bytes).stream(stream));
                if (phase == Phase.REFUSED && discarded > DISCARDED_AT_MOST) {
                    context.write(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR).stream(stream));
                }
                context.flush();
            }
        } else {
            ReferenceCountUtil.release(frame);
        }
    }
}
