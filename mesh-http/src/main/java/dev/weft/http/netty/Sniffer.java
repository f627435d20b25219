package dev.weft.http.netty;

import dev.weft.runtime.Timer;
import dev.weft.tls.Opening;
import dev.weft.tls.Openings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells TLS from plaintext by the first byte, and makes way for what it is, or closes. */
final class Sniffer extends ByteToMessageDecoder {
    static final String NAME = "weft-sniffer";

    /** TLS begins with a handshake record (RFC 8446, 5.1); no HTTP method, and no preface of HTTP/2, begins with it. */
    private static final int HANDSHAKE = 0x16;

    private final Caller caller;
    private final ServerTls tls;
    private final boolean http2;
    private final Openings openings;
    private @Nullable Opening opening;

    Sniffer(Caller caller, ServerTls tls, boolean http2, Openings openings) {
        this.caller = caller;
        this.tls = tls;
        this.http2 = http2;
        this.openings = openings;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Opening begun =
                openings.begin(on(context.executor()), () -> context.channel().close());
        opening = begun;
        context.channel().closeFuture().addListener(closed -> begun.end());
        caller.onFirstRequest(begun::end);
    }

    /** The connection's own thread. */
    private static Timer on(EventExecutor executor) {
        return (nanos, task) -> {
            Future<?> waiting = executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
            return () -> waiting.cancel(false);
        };
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (!in.isReadable()) {
            return;
        }
        boolean encrypted = in.getUnsignedByte(in.readerIndex()) == HANDSHAKE;
        if (caller.refused(encrypted)) {
            in.skipBytes(in.readableBytes());
            context.close();
        } else if (encrypted) {
            SslHandler handler = tls.handler(context.alloc(), http2);
            handler.setHandshakeTimeoutMillis(Openings.MILLIS);
            caller.encrypted(handler);
            // After it in the pipeline, so that it hears how the handshake ends.
            context.pipeline().addAfter(NAME, HandshakeWatch.NAME, new HandshakeWatch(openings, opening));
            context.pipeline().replace(this, ServerTls.NAME, handler);
        } else {
            context.pipeline().remove(this);
        }
    }
}
