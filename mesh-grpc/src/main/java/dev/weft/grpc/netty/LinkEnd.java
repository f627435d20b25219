package dev.weft.grpc.netty;

import dev.weft.engine.Attempt.Failure;
import dev.weft.grpc.link.LinkFailedException;
import dev.weft.runtime.World;
import dev.weft.tls.Proof;
import dev.weft.tls.WallTimer;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslHandler;

/** Ends a connection with the certificates that it was made with. */
final class LinkEnd {
    private final Channel channel;
    private final GrpcHttp2ConnectionHandler grpc;
    private final SslHandler tls;

    private LinkEnd(Channel channel, GrpcHttp2ConnectionHandler grpc, SslHandler tls) {
        this.channel = channel;
        this.grpc = grpc;
        this.tls = tls;
    }

    /** @param proof until when the connection may be used */
    static void watch(World world, Proof proof, Channel channel, GrpcHttp2ConnectionHandler grpc, SslHandler tls) {
        LinkEnd end = new LinkEnd(channel, grpc, tls);
        WallTimer own =
                WallTimer.start(world, proof.own(), () -> channel.eventLoop().execute(end::now));
        WallTimer peer =
                WallTimer.start(world, proof.peer(), () -> channel.eventLoop().execute(end::gently));
        channel.closeFuture().addListener(closed -> {
            own.cancel();
            peer.cancel();
        });
    }

    /** Ours has ended: whatever the connection carries fails. */
    private void now() {
        ChannelHandlerContext ctx = channel.pipeline().context(tls);
        if (ctx != null && channel.isActive()) {
            ctx.fireExceptionCaught(new LinkFailedException(
                    Failure.TLS, channel.remoteAddress() + ": this process's certificate has ended", null));
            tls.closeOutbound();
            ctx.close();
        }
    }

    /** The server's has ended: what has begun goes on, what comes goes elsewhere, as when a server says that it is going away. */
    private void gently() {
        if (channel.isActive()) {
            try {
                grpc.connection().goAwayReceived(Integer.MAX_VALUE, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER);
            } catch (Http2Exception e) {
                channel.pipeline().fireExceptionCaught(e);
            }
            // Waits for what is under way.
            channel.close();
        }
    }
}
