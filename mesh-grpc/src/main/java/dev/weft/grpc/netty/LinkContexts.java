package dev.weft.grpc.netty;

import dev.weft.Mesh;
import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Mode;
import dev.weft.grpc.tls.MeshCertificates;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTls;
import dev.weft.identity.MeshTrust;
import dev.weft.tls.Alpn;
import dev.weft.tls.Certificates;
import dev.weft.tls.ClientContexts;
import dev.weft.tls.NamelessServers;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One mesh's contexts towards servers: of BoringSSL where its native part loads, else of the JDK's TLS. Safe for use from any thread. */
final class LinkContexts implements AutoCloseable {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Mesh mesh;
    private final boolean openSsl;
    private final MeshCertificates shared;
    private final ClientContexts<SslContext> contexts;

    /** @param openSsl else the JDK's TLS */
    LinkContexts(Mesh mesh, boolean openSsl) {
        this.mesh = mesh;
        this.openSsl = openSsl;
        shared = MeshCertificates.of(mesh);
        contexts = new ClientContexts<>(shared.certificates(), this::make);
    }

    static LinkContexts of(Mesh mesh) {
        return mesh.shared(LinkContexts.class, owner -> new LinkContexts(owner, OpenSsl.isAvailable()));
    }

    NamelessServers nameless() {
        return shared.nameless();
    }

    /** Tells of the context for a setting, or of why there is none; at once or, where files have to be read, later and from another thread. */
    void with(UpstreamTls tls, BiConsumer<@Nullable SslContext, @Nullable SSLException> then) {
        if (tls.mode() == Mode.ISTIO_MUTUAL) {
            find(tls, then);
            return;
        }
        try {
            shared.blocking().execute(() -> find(tls, then));
        } catch (RejectedExecutionException e) {
            then.accept(null, new SSLException("the mesh is closed", e));
        }
    }

    private void find(UpstreamTls tls, BiConsumer<@Nullable SslContext, @Nullable SSLException> then) {
        SslContext context;
        try {
            context = contexts.context(tls, Alpn.offer(tls, false, true));
        } catch (SSLException e) {
            then.accept(null, e);
            return;
        } catch (RuntimeException e) {
            then.accept(null, new SSLException(String.valueOf(e.getMessage()), e));
            return;
        }
        then.accept(context, null);
    }

    private SslContext make(UpstreamTls tls, List<String> alpn, Certificates loaded) throws SSLException {
        return tls.mode() == Mode.ISTIO_MUTUAL ? ofMesh(tls, alpn) : ofOthers(tls, alpn, loaded);
    }

    /** Keys and roots are read at each handshake, so that this outlives every rotation. */
    private SslContext ofMesh(UpstreamTls tls, List<String> alpn) throws SSLException {
        AllowedPeers allowed =
                tls.subjectAltNames().isEmpty() ? AllowedPeers.any() : AllowedPeers.of(tls.subjectAltNames());
        var ticker = mesh.world().ticker();
        if (!openSsl) {
            return new JdkSslContext(
                    MeshTls.client(mesh.identity(), allowed, ticker),
                    true,
                    Http2SecurityUtil.CIPHERS,
                    SupportedCipherSuiteFilter.INSTANCE,
                    offering(alpn),
                    ClientAuth.NONE,
                    PROTOCOLS,
                    false);
        }
        return withoutSessions(builder(alpn)
                .keyManager(MeshKeys.of(mesh.identity(), ticker))
                .trustManager(MeshTrust.forPeers(mesh.identity(), allowed, ticker))
                // The SPIFFE identity takes the place of the host name.
                .endpointIdentificationAlgorithm(null)
                .build());
    }

    private SslContext ofOthers(UpstreamTls tls, List<String> alpn, Certificates loaded) throws SSLException {
        boolean nameCheckedByTls = tls.subjectAltNames().isEmpty() && !tls.unverified();
        // Where the configuration lists names, any of them will do; TLS itself would know only one.
        SslContextBuilder builder = builder(alpn).endpointIdentificationAlgorithm(nameCheckedByTls ? "HTTPS" : null);
        if (tls.unverified()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (!loaded.roots().isEmpty()) {
            builder.trustManager(loaded.roots().toArray(new X509Certificate[0]));
        } else {
            builder.trustManager(shared.trust().managers());
        }
        if (loaded.key() != null) {
            builder.keyManager(loaded.key(), loaded.chain().toArray(new X509Certificate[0]));
        }
        return withoutSessions(builder.build());
    }

    private SslContextBuilder builder(List<String> alpn) {
        return SslContextBuilder.forClient()
                .sslProvider(openSsl ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols(PROTOCOLS)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(offering(alpn));
    }

    /** A resumed session asks no trust manager, and OpenSSL resumes unless it is told not to. */
    static SslContext withoutSessions(SslContext context) {
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        return context;
    }

    static ApplicationProtocolConfig offering(List<String> alpn) {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                alpn);
    }

    /** Contexts hold nothing that has to be given back. */
    @Override
    public void close() {}
}
