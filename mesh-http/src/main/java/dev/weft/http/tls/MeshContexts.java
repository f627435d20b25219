package dev.weft.http.tls;

import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Mode;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTls;
import dev.weft.identity.MeshTrust;
import dev.weft.runtime.Ticker;
import dev.weft.tls.Alpn;
import dev.weft.tls.Certificates;
import dev.weft.tls.JvmTrust;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Makes Netty's contexts: with BoringSSL where its native part loads, else with the JDK's TLS. Those of the mesh read keys and roots at each
 * handshake, so that they outlive every rotation. Safe for use from any thread. mesh-grpc is built with this file too, once for each of gRPC's
 * two Nettys.
 */
public final class MeshContexts {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final CipherSuiteFilter SUPPORTED = SupportedCipherSuiteFilter.INSTANCE;

    private final IdentitySource identity;
    private final Ticker ticker;
    private final boolean openSsl;

    public MeshContexts(IdentitySource identity, Ticker ticker) {
        this(identity, ticker, OpenSsl.isAvailable());
    }

    /** @param openSsl else the JDK's TLS */
    MeshContexts(IdentitySource identity, Ticker ticker, boolean openSsl) {
        this.identity = identity;
        this.ticker = ticker;
        this.openSsl = openSsl;
    }

    /**
     * Towards servers.
     *
     * @param loaded what the files that {@code tls} names hold
     * @param trust whom to believe where neither mesh nor files say it
     */
    SslContext client(UpstreamTls tls, List<String> alpn, Certificates loaded, JvmTrust trust) throws SSLException {
        return tls.mode() == Mode.ISTIO_MUTUAL ? ofMesh(tls, alpn) : ofOthers(tls, alpn, loaded, trust);
    }

    private SslContext ofMesh(UpstreamTls tls, List<String> alpn) throws SSLException {
        AllowedPeers allowed =
                tls.subjectAltNames().isEmpty() ? AllowedPeers.any() : AllowedPeers.of(tls.subjectAltNames());
        if (!openSsl) {
            return new JdkSslContext(
                    MeshTls.client(identity, allowed, ticker),
                    true,
                    Http2SecurityUtil.CIPHERS,
                    SUPPORTED,
                    offering(alpn),
                    ClientAuth.NONE,
                    PROTOCOLS,
                    false);
        }
        return withoutSessions(SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols(PROTOCOLS)
                .ciphers(Http2SecurityUtil.CIPHERS, SUPPORTED)
                .keyManager(MeshKeys.of(identity, ticker))
                .trustManager(MeshTrust.forPeers(identity, allowed, ticker))
                // The SPIFFE identity takes the place of the host name.
                .endpointIdentificationAlgorithm(null)
                .applicationProtocolConfig(offering(alpn))
                .build());
    }

    private SslContext ofOthers(UpstreamTls tls, List<String> alpn, Certificates loaded, JvmTrust trust)
            throws SSLException {
        boolean nameCheckedByTls = tls.subjectAltNames().isEmpty() && !tls.unverified();
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(openSsl ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols(PROTOCOLS)
                // Where the configuration lists names, any of them will do; TLS itself would know only one.
                .endpointIdentificationAlgorithm(nameCheckedByTls ? "HTTPS" : null)
                .applicationProtocolConfig(offering(alpn));
        if (Alpn.isHttp2Alone(alpn)) {
            builder.ciphers(Http2SecurityUtil.CIPHERS, SUPPORTED);
        }
        if (tls.unverified()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (!loaded.roots().isEmpty()) {
            builder.trustManager(loaded.roots().toArray(new X509Certificate[0]));
        } else {
            builder.trustManager(trust.managers());
        }
        if (loaded.key() != null) {
            builder.keyManager(loaded.key(), loaded.chain().toArray(new X509Certificate[0]));
        }
        return withoutSessions(builder.build());
    }

    /** For servers of the mesh, which demand a certificate of it. */
    public SslContext server(List<String> alpn) {
        if (!openSsl) {
            SSLContext mutual = MeshTls.server(identity, AllowedPeers.any(), ticker);
            return new JdkSslContext(
                    mutual,
                    false,
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    offering(alpn),
                    ClientAuth.REQUIRE,
                    null,
                    false);
        }
        try {
            return withoutSessions(SslContextBuilder.forServer(MeshKeys.of(identity, ticker))
                    .sslProvider(SslProvider.OPENSSL)
                    .trustManager(MeshTrust.forPeers(identity, AllowedPeers.any(), ticker))
                    .clientAuth(ClientAuth.REQUIRE)
                    .applicationProtocolConfig(offering(alpn))
                    .build());
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS for servers: " + e.getMessage(), e);
        }
    }

    /** A resumed session asks no trust manager, and OpenSSL resumes unless it is told not to. */
    private static SslContext withoutSessions(SslContext context) {
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        return context;
    }

    private static ApplicationProtocolConfig offering(List<String> alpn) {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                alpn);
    }
}
