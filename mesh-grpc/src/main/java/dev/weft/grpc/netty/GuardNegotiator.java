package dev.weft.grpc.netty;

import dev.weft.Mesh;
import dev.weft.grpc.server.Admission;
import dev.weft.tls.Openings;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.AsciiString;
import java.net.SocketAddress;

/** Of one guarded server: TLS of the mesh to whoever begins with it, plaintext to others, as far as either is admitted. */
final class GuardNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {
    private static final AsciiString SCHEME = AsciiString.cached("https");

    private final Admission admission;
    private final GuardTls tls;
    private final Openings openings;

    GuardNegotiator(Mesh mesh, Admission admission) {
        this.admission = admission;
        tls = new GuardTls(mesh);
        openings = new Openings(mesh.world().ticker());
    }

    Admission admission() {
        return admission;
    }

    GuardTls tls() {
        return tls;
    }

    Openings openings() {
        return openings;
    }

    /** Of the channel that accepted a connection. */
    static SocketAddress listening(Channel accepted) {
        Channel parent = accepted.parent();
        return parent == null ? accepted.localAddress() : parent.localAddress();
    }

    /** Not used by servers. */
    @Override
    public AsciiString scheme() {
        return SCHEME;
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
        ChannelHandler next = InternalProtocolNegotiators.grpcNegotiationHandler(grpc);
        return InternalProtocolNegotiators.waitUntilActiveHandler(
                new Sniffer(next, grpc.getNegotiationLogger(), this), grpc.getNegotiationLogger());
    }

    @Override
    public void close() {
        admission.closed();
    }
}
