package dev.weft.grpc.netty;

import dev.weft.grpc.server.Admission;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AsciiString;

/** Of a server that keeps TLS of its own: the mesh only says whether a connection is taken, and to the mesh it is not encrypted. */
final class OwnTlsNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {
    private final Admission admission;
    private final InternalProtocolNegotiator.ProtocolNegotiator own;

    OwnTlsNegotiator(Admission admission, InternalProtocolNegotiator.ProtocolNegotiator own) {
        this.admission = admission;
        this.own = own;
    }

    @Override
    public AsciiString scheme() {
        return own.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
        return new Door(own.newHandler(grpc), grpc, admission);
    }

    @Override
    public void close() {
        own.close();
        admission.closed();
    }

    private static final class Door extends InternalProtocolNegotiators.ProtocolNegotiationHandler {
        private final Admission admission;

        Door(ChannelHandler next, GrpcHttp2ConnectionHandler grpc, Admission admission) {
            super(next, "MeshDoor", grpc.getNegotiationLogger());
            this.admission = admission;
        }

        @Override
        protected void protocolNegotiationEventTriggered(ChannelHandlerContext ctx) {
            if (admission.refuses(GuardNegotiator.listening(ctx.channel()), false)) {
                ctx.close();
            } else {
                fireProtocolNegotiationEvent(ctx);
            }
        }
    }
}
