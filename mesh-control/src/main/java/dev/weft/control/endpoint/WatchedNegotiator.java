package dev.weft.control.endpoint;

import io.grpc.netty.shaded.io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.grpc.netty.shaded.io.netty.util.AsciiString;

/** gRPC's own handshake, with each new connection told to those who watch. */
final class WatchedNegotiator implements ProtocolNegotiator {
    private final ProtocolNegotiator tls;
    private final TlsConnections connections;

    WatchedNegotiator(ProtocolNegotiator tls, TlsConnections connections) {
        this.tls = tls;
        this.connections = connections;
    }

    @Override
    public AsciiString scheme() {
        return tls.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
        return new Begin(tls.newHandler(grpc), connections);
    }

    @Override
    public void close() {
        tls.close();
    }

    /**
     * Stands before gRPC's handlers until TLS begins, which is when the channel is active: only then is there a handshake to watch.
     */
    private static final class Begin extends ChannelInboundHandlerAdapter {
        private final ChannelHandler handshake;
        private final TlsConnections connections;

        Begin(ChannelHandler handshake, TlsConnections connections) {
            this.handshake = handshake;
            this.connections = connections;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.pipeline().addAfter(ctx.name(), null, handshake);
            watch(ctx);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.fireChannelActive();
            watch(ctx);
        }

        private void watch(ChannelHandlerContext ctx) {
            SslHandler ssl = ctx.pipeline().get(SslHandler.class);
            if (ssl != null) {
                connections.opened(ctx.channel(), ssl);
                ctx.pipeline().remove(this);
            }
        }
    }
}
