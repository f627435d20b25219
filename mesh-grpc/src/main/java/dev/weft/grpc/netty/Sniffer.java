package dev.weft.grpc.netty;

import dev.weft.grpc.tls.ShownName;
import dev.weft.identity.PeerRefusedException;
import dev.weft.runtime.Timer;
import dev.weft.tls.HandshakeFailure;
import dev.weft.tls.Opening;
import dev.weft.tls.Openings;
import io.grpc.ChannelLogger;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells TLS from plaintext by the first byte, and makes way for HTTP/2 when the handshake is over or HTTP/2's preface has come, or closes.
 */
final class Sniffer extends InternalProtocolNegotiators.ProtocolNegotiationHandler {
    private static final Logger log = LoggerFactory.getLogger(Sniffer.class);

    /** TLS begins with a handshake record (RFC 8446, 5.1); the preface of HTTP/2 does not begin with it. */
    private static final int HANDSHAKE = 0x16;

    private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();

    private final GuardNegotiator server;
    private boolean judged;
    private boolean refused;
    private @Nullable SslHandler tls;
    private @Nullable ByteBuf begun;
    private @Nullable Opening opening;

    /** @param next speaks HTTP/2 */
    Sniffer(ChannelHandler next, ChannelLogger log, GuardNegotiator server) {
        super(next, "MeshSniffer", log);
        this.server = server;
    }

    @Override
    protected void handlerAdded0(ChannelHandlerContext ctx) {
        Opening counted =
                server.openings().begin(on(ctx.executor()), () -> ctx.channel().close());
        opening = counted;
        ctx.channel().closeFuture().addListener(closed -> counted.end());
    }

    /** The connection's own thread. */
    private static Timer on(EventExecutor executor) {
        return (nanos, task) -> {
            Future<?> waiting = executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
            return () -> waiting.cancel(false);
        };
    }

    private void opened() {
        Opening counted = opening;
        if (counted != null) {
            counted.end();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (tls != null || !(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (refused) {
            bytes.release();
            return;
        }
        ByteBuf before = begun;
        ByteBuf all =
                before == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), before, bytes);
        begun = all;
        if (all.isReadable()) {
            look(ctx, all);
        }
    }

    private void look(ChannelHandlerContext ctx, ByteBuf all) {
        boolean encrypted = all.getUnsignedByte(all.readerIndex()) == HANDSHAKE;
        if (!judged) {
            judged = true;
            if (server.admission().refuses(GuardNegotiator.listening(ctx.channel()), encrypted)) {
                refuse(ctx);
                return;
            }
        }
        if (encrypted) {
            SslHandler handler = server.tls().handler(ctx.alloc());
            handler.setHandshakeTimeoutMillis(Openings.MILLIS);
            tls = handler;
            ctx.pipeline().addBefore(ctx.name(), null, handler);
            begun = null;
            ctx.pipeline().fireChannelRead(all);
        } else if (isDecided(all)) {
            begun = null;
            opened();
            fireProtocolNegotiationEvent(ctx);
            ctx.pipeline().fireChannelRead(all);
        }
    }

    /** The preface has come, or what is none; HTTP/2 itself has the words for that. */
    private static boolean isDecided(ByteBuf all) {
        int length = Math.min(all.readableBytes(), PREFACE.readableBytes());
        return length == PREFACE.readableBytes()
                || !ByteBufUtil.equals(all, all.readerIndex(), PREFACE, PREFACE.readerIndex(), length);
    }

    @Override
    protected void userEventTriggered0(ChannelHandlerContext ctx, Object event) throws Exception {
        SslHandler handler = tls;
        if (handler == null || !(event instanceof SslHandshakeCompletionEvent done)) {
            super.userEventTriggered0(ctx, event);
        } else if (!done.isSuccess()) {
            failed(ctx, done.cause());
        } else if (!refused) {
            opened();
            SSLSession session = handler.engine().getSession();
            String name = Sni.shown(handler.engine());
            replaceProtocolNegotiationEvent(Negotiated.over(
                    getProtocolNegotiationEvent(),
                    session,
                    attributes -> name.isEmpty() ? attributes : attributes.set(ShownName.KEY, name)));
            fireProtocolNegotiationEvent(ctx);
        }
    }

    /** Of the handshake: nothing else can happen before it is over. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed(ctx, cause);
    }

    private void failed(ChannelHandlerContext ctx, Throwable cause) {
        PeerRefusedException said = HandshakeFailure.reason(cause, PeerRefusedException.class);
        if (said != null && !refused) {
            server.openings().say("TLS handshake with " + ctx.channel().remoteAddress() + ": " + said.getMessage());
        } else if (!(cause instanceof ClosedChannelException)) {
            log.debug("handshake with {} failed: {}", ctx.channel().remoteAddress(), cause.toString());
        }
        refuse(ctx);
    }

    private void refuse(ChannelHandlerContext ctx) {
        refused = true;
        drop();
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
    }

    private void drop() {
        ByteBuf held = begun;
        if (held != null) {
            begun = null;
            held.release();
        }
    }
}
