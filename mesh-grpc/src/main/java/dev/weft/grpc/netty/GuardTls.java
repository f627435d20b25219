package dev.weft.grpc.netty;

import dev.weft.Mesh;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTrust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * The mesh's TLS for servers: the current certificate, a client certificate of the mesh demanded, no session resumed. BoringSSL where
 * its native part loads, else the JDK's.
 */
final class GuardTls {
    /**
     * In the order of preference. Istio's sidecars offer their own names before the common ones; who offers nothing is taken to speak HTTP/2
     * like all others. Never {@code istio-peer-exchange}: it announces a preamble.
     */
    private static final List<String> PROTOCOLS = List.of("h2", "istio-h2", "istio");

    private final SslContext context;

    GuardTls(Mesh mesh) {
        this(mesh, OpenSsl.isAvailable());
    }

    /** @param openSsl else the JDK's TLS */
    GuardTls(Mesh mesh, boolean openSsl) {
        context = openSsl
                ? openSsl(mesh)
                : new JdkSslContext(
                        mesh.identity().sslContext(),
                        false,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        LinkContexts.offering(PROTOCOLS),
                        ClientAuth.REQUIRE,
                        null,
                        false);
    }

    SslContext context() {
        return context;
    }

    SslHandler handler(ByteBufAllocator buffers) {
        return context.newHandler(buffers);
    }

    private static SslContext openSsl(Mesh mesh) {
        var ticker = mesh.world().ticker();
        try {
            return LinkContexts.withoutSessions(SslContextBuilder.forServer(MeshKeys.of(mesh.identity(), ticker))
                    .sslProvider(SslProvider.OPENSSL)
                    .trustManager(MeshTrust.forPeers(mesh.identity(), AllowedPeers.any(), ticker))
                    .clientAuth(ClientAuth.REQUIRE)
                    .applicationProtocolConfig(LinkContexts.offering(PROTOCOLS))
                    .build());
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS for servers: " + e.getMessage(), e);
        }
    }
}
