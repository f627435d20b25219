package dev.weft.grpc.netty;

import dev.weft.engine.Attempt.Failure;
import dev.weft.grpc.link.LinkFailedException;
import dev.weft.tls.HandshakeFailure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Waits for the server's first bytes of HTTP/2, then leaves the pipeline. With TLS 1.3 a server says only after the client's handshake is over
 * that it does not take the client; what would look like a lost connection is told as what it is.
 */
final class FirstWord extends ChannelInboundHandlerAdapter {
    private final boolean showedCertificate;

    /** @param showedCertificate whether the server could have disliked ours */
    FirstWord(boolean showedCertificate) {
        this.showedCertificate = showedCertificate;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.pipeline().remove(this);
        ctx.fireExceptionCaught(new LinkFailedException(Failure.TLS, HandshakeFailure.words(cause), cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ctx.pipeline().remove(this);
        if (showedCertificate) {
            // Its alert may be lost with the connection.
            ctx.fireExceptionCaught(new LinkFailedException(
                    Failure.TLS,
                    "closed by the server right after the TLS handshake: it may not accept this process's certificate",
                    null));
        }
        ctx.fireChannelInactive();
    }
}
