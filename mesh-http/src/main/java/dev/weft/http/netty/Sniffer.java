package dev.weft.http.netty;

import dev.weft.tls.Openings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
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
    private boolean counted;
    private @Nullable Future<?> patience;

    Sniffer(Caller caller, ServerTls tls, boolean http2, Openings openings) {
        this.caller = caller;
        this.tls = tls;
        this.http2 = http2;
        this.openings = openings;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (!openings.begin()) {
            context.close();
            return;
        }
        counted = true;
        patience = context.executor().schedule(() -> context.channel().close(), Openings.MILLIS, TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(closed -> opened());
        caller.onFirstRequest(this::opened);
    }

    private void opened() {
        if (counted) {
            counted = false;
            openings.end();
        }
        Future<?> waiting = patience;
        if (waiting != null) {
            patience = null;
            waiting.cancel(false);
        }
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
            context.pipeline().addAfter(NAME, HandshakeWatch.NAME, new HandshakeWatch(openings));
            context.pipeline().replace(this, ServerTls.NAME, handler);
        } else {
            context.pipeline().remove(this);
        }
    }
}
