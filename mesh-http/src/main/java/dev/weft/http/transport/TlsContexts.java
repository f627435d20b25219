package dev.weft.http.transport;

import dev.weft.config.UpstreamTls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards servers. Servers are checked against the trust store of the JDK; nothing of our own is presented, so that a
 * setting which asks for a certificate is refused and never weakened.
 */
final class TlsContexts {
    private final ConcurrentHashMap<Offer, SslContext> contexts = new ConcurrentHashMap<>();
    private final @Nullable TrustManagerFactory trust;

    /** @param trust null: what the JDK trusts */
    TlsContexts(@Nullable TrustManagerFactory trust) {
        this.trust = trust;
    }

    private record Offer(boolean nameCheckedByTls, List<String> alpn) {}

    SslHandler handler(UpstreamTls tls, PoolKey.Wire wire, ByteBufAllocator buffers, InetSocketAddress address)
            throws SSLException {
        if (tls.mode() != UpstreamTls.Mode.SIMPLE) {
            throw new SSLException(tls.mode() + " TLS is demanded, but this process has no certificate to present");
        }
        String name = tls.sni().isEmpty() ? address.getHostString() : tls.sni();
        Offer offer = new Offer(tls.subjectAltNames().isEmpty(), alpn(tls, wire));
        SslContext context = contexts.get(offer);
        if (context == null) {
            context = make(offer);
            contexts.putIfAbsent(offer, context);
        }
        return context.newHandler(buffers, name, address.getPort());
    }

    private static List<String> alpn(UpstreamTls tls, PoolKey.Wire wire) {
        if (!tls.alpn().isEmpty()) {
            return tls.alpn();
        }
        return switch (wire) {
            case HTTP1 -> List.of(ApplicationProtocolNames.HTTP_1_1);
            case HTTP2 -> List.of(ApplicationProtocolNames.HTTP_2);
            case ASK -> List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
        };
    }

    private SslContext make(Offer offer) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                // Where the configuration lists names, any of them will do; TLS itself would know only one.
                .endpointIdentificationAlgorithm(offer.nameCheckedByTls() ? "HTTPS" : null)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        offer.alpn()));
        if (trust != null) {
            builder.trustManager(trust);
        }
        return builder.build();
    }
}
