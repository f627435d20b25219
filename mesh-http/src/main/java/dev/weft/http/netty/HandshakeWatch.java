package dev.weft.http.netty;

import dev.weft.identity.PeerRefusedException;
import dev.weft.tls.HandshakeFailure;
import dev.weft.tls.Opening;
import dev.weft.tls.Openings;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends with the handshake; one that fails ends the connection, and is said if it was the mesh that refused. */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {
    static final String NAME = "weft-handshake";

    private static final Logger log = LoggerFactory.getLogger(HandshakeWatch.class);

    private final Openings openings;
    private final @Nullable Opening opening;

    /** @param opening ends with a handshake that succeeds: the caller is known by then */
    HandshakeWatch(Openings openings, @Nullable Opening opening) {
        this.openings = openings;
        this.opening = opening;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent done)) {
            context.fireUserEventTriggered(event);
            return;
        }
        if (done.isSuccess()) {
            if (opening != null) {
                opening.end();
            }
            context.pipeline().remove(this);
            context.fireUserEventTriggered(event);
            return;
        }
        failed(context, done.cause());
    }

    /** Of the handshake: nothing else can happen before it is over. Whoever is behind has heard of no connection yet. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("handshake with {} failed: {}", context.channel().remoteAddress(), cause.toString());
        context.close();
    }

    private void failed(ChannelHandlerContext context, Throwable cause) {
        PeerRefusedException refused = HandshakeFailure.reason(cause, PeerRefusedException.class);
        if (refused != null) {
            openings.say("TLS handshake with " + context.channel().remoteAddress() + ": " + refused.getMessage());
        } else if (!(cause instanceof ClosedChannelException)) {
            log.debug("handshake with {} failed: {}", context.channel().remoteAddress(), cause.toString());
        }
        context.close();
    }
}
