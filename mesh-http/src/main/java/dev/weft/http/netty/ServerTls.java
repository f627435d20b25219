package dev.weft.http.netty;

import dev.weft.Mesh;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTrust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * The mesh's TLS for servers on Netty: the current certificate, a client certificate of the mesh demanded, no session resumed. BoringSSL where
 * its native part loads, else the JDK's.
 */
final class ServerTls {
    static final String NAME = "weft-tls";

    /**
     * In the order of preference. Istio's sidecars offer their own names before the common ones, and are content with either; who offers
     * nothing is understood by the first bytes of what he sends. Never {@code istio-peer-exchange}: it announces a preamble.
     */
    private static final List<String> BOTH =
            List.of("h2", "http/1.1", "istio-h2", "istio-http/1.1", "istio-http/1.0", "istio");

    private static final List<String> HTTP1 = List.of("http/1.1", "istio-http/1.1", "istio-http/1.0", "istio");

    private final SslContext both;
    private final SslContext http1;

    ServerTls(Mesh mesh) {
        both = context(mesh, BOTH);
        http1 = context(mesh, HTTP1);
    }

    SslHandler handler(ByteBufAllocator buffers, boolean http2) {
        return (http2 ? both : http1).newHandler(buffers);
    }

    private static SslContext context(Mesh mesh, List<String> protocols) {
        ApplicationProtocolConfig alpn = new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocols);
        return OpenSsl.isAvailable()
                ? openSsl(mesh, alpn)
                : new JdkSslContext(
                        mesh.identity().sslContext(),
                        false,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        alpn,
                        ClientAuth.REQUIRE,
                        null,
                        false);
    }

    private static SslContext openSsl(Mesh mesh, ApplicationProtocolConfig alpn) {
        var ticker = mesh.world().ticker();
        try {
            SslContext context = SslContextBuilder.forServer(MeshKeys.of(mesh.identity(), ticker))
                    .sslProvider(SslProvider.OPENSSL)
                    .trustManager(MeshTrust.forPeers(mesh.identity(), AllowedPeers.any(), ticker))
                    .clientAuth(ClientAuth.REQUIRE)
                    .applicationProtocolConfig(alpn)
                    .build();
            // A resumed session would ask nobody whether its peer is still to be trusted.
            ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(false);
            return context;
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS for servers: " + e.getMessage(), e);
        }
    }
}
