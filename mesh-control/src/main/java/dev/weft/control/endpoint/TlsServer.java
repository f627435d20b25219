package dev.weft.control.endpoint;

import dev.weft.control.access.Refusals;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshTls;
import dev.weft.runtime.World;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiator.ServerFactory;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextServerCredentials;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.util.concurrent.ExecutorService;

/**
 * TLS for a port that is never opened anew: each handshake shows the certificate that is current and judges the client's by the roots
 * of that moment. A connection ends when the certificate that its client showed does, or when that one's root is withdrawn.
 */
public final class TlsServer implements AutoCloseable {
    /** Envoy's clients speak no TLS 1.3 unless they are told to. */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private static final ApplicationProtocolConfig HTTP2 = new ApplicationProtocolConfig(
            Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, "h2");

    private final ExecutorService handshakes = Threads.pool("weft-tls", 2);
    private final TlsConnections connections;
    private final ServerCredentials credentials;

    /**
     * TLS with this identity.
     *
     * @param refusals takes the client certificates that were refused
     */
    public TlsServer(IdentitySource identity, Refusals refusals, World world) {
        this.connections = new TlsConnections(identity, refusals, world, handshakes);
        SslContext context = new JdkSslContext(
                MeshTls.server(identity, AllowedPeers.any(), world.ticker()),
                false,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                HTTP2,
                ClientAuth.OPTIONAL,
                PROTOCOLS,
                false);
        // gRPC offers no hook at a connection's channel but this one, which its own xDS server uses too.
        ServerFactory plain =
                InternalNettyServerCredentials.toNegotiator(NettySslContextServerCredentials.create(context));
        ServerFactory watched =
                handlers -> new WatchedNegotiator(plain.newNegotiator(new OnePool(handshakes)), connections);
        this.credentials = InternalNettyServerCredentials.create(watched);
    }

    ServerCredentials credentials() {
        return credentials;
    }

    @Override
    public void close() {
        connections.close();
        handshakes.shutdown();
    }
}
