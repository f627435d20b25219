package dev.weft.http.tls;

import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Mode;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTls;
import dev.weft.identity.MeshTrust;
import dev.weft.runtime.Ticker;
import dev.weft.tls.Certificates;
import dev.weft.tls.ClientContexts;
import dev.weft.tls.JvmTrust;
import dev.weft.tls.ServerCheck;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
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
import javax.net.ssl.SSLException;

/** Makes contexts: with BoringSSL where its native part loads, else with the JDK's TLS. */
public final class ContextMaker implements ClientContexts.Maker<ClientContext> {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final IdentitySource identity;
    private final Ticker ticker;
    private final boolean openSsl;

    private final JvmTrust trust;

    /** @param trust whom to believe where neither mesh nor files say it */
    public ContextMaker(IdentitySource identity, Ticker ticker, JvmTrust trust) {
        this(identity, ticker, trust, OpenSsl.isAvailable());
    }

    /** @param openSsl else the JDK's TLS */
    ContextMaker(IdentitySource identity, Ticker ticker, JvmTrust trust, boolean openSsl) {
        this.openSsl = openSsl;
        this.identity = identity;
        this.ticker = ticker;
        this.trust = trust;
    }

    @Override
    public ClientContext make(UpstreamTls tls, List<String> alpn, Certificates loaded) throws SSLException {
        SslContext context = tls.mode() == Mode.ISTIO_MUTUAL ? ofMesh(tls, alpn) : ofOthers(tls, alpn, loaded);
        return new ClientContext(context, new ServerCheck(tls, identity));
    }

    /** Keys and roots are read at each handshake, so that this outlives every rotation. */
    private SslContext ofMesh(UpstreamTls tls, List<String> alpn) throws SSLException {
        AllowedPeers allowed =
                tls.subjectAltNames().isEmpty() ? AllowedPeers.any() : AllowedPeers.of(tls.subjectAltNames());
        if (!openSsl) {
            return new JdkSslContext(
                    MeshTls.client(identity, allowed, ticker),
                    true,
                    Http2SecurityUtil.CIPHERS,
                    SupportedCipherSuiteFilter.INSTANCE,
                    offering(alpn),
                    ClientAuth.NONE,
                    PROTOCOLS,
                    false);
        }
        SslContext context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols(PROTOCOLS)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .keyManager(MeshKeys.of(identity, ticker))
                .trustManager(MeshTrust.forPeers(identity, allowed, ticker))
                // The SPIFFE identity takes the place of the host name.
                .endpointIdentificationAlgorithm(null)
                .applicationProtocolConfig(offering(alpn))
                .build();
        return withoutSessions(context);
    }

    private SslContext ofOthers(UpstreamTls tls, List<String> alpn, Certificates loaded) throws SSLException {
        boolean nameCheckedByTls = tls.subjectAltNames().isEmpty() && !tls.unverified();
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(openSsl ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols(PROTOCOLS)
                // Where the configuration lists names, any of them will do; TLS itself would know only one.
                .endpointIdentificationAlgorithm(nameCheckedByTls ? "HTTPS" : null)
                .applicationProtocolConfig(offering(alpn));
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
