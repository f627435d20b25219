package dev.weft.http.kit;

import dev.weft.config.UpstreamTls;
import dev.weft.http.identity.Workloads;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTrust;
import dev.weft.runtime.Ticker;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.List;

/** A CA, a client and servers with identities of it. */
public final class MutualTls {
    public static final String REVIEWS = "spiffe://cluster.local/ns/default/sa/reviews";
    public static final String PRODUCTPAGE = "spiffe://cluster.local/ns/default/sa/productpage";

    public final Workloads ca;
    public final HeldIdentity reviews;
    public final HeldIdentity productpage;
    private final Ticker ticker;

    public MutualTls() throws Exception {
        this(Ticker.system());
    }

    /** @param ticker by whose wall clock certificates are valid, on both sides */
    public MutualTls(Ticker ticker) throws Exception {
        this.ticker = ticker;
        ca = new Workloads(ticker.epochMillis());
        reviews = IdentitySource.of(ca.identity(REVIEWS, 1));
        productpage = IdentitySource.of(ca.identity(PRODUCTPAGE, 1));
    }

    /** To servers that prove to be reviews. */
    public static UpstreamTls towardsReviews() {
        return towards(REVIEWS);
    }

    /** @param identities that are accepted; none = any of the mesh */
    public static UpstreamTls towards(String... identities) {
        return new UpstreamTls(
                UpstreamTls.Mode.ISTIO_MUTUAL,
                "outbound_.9080_._.reviews.default.svc.cluster.local",
                List.of(identities),
                List.of());
    }

    /** What shows the identity of reviews and demands one of the client. */
    public SslContext server(String... alpn) throws Exception {
        return server(SslProvider.OPENSSL, AllowedPeers.of(List.of(PRODUCTPAGE)), alpn);
    }

    public SslContext server(SslProvider provider, AllowedPeers clients, String... alpn) throws Exception {
        SslContextBuilder builder = SslContextBuilder.forServer(MeshKeys.of(reviews, ticker))
                .sslProvider(provider)
                .trustManager(MeshTrust.forPeers(reviews, clients, ticker))
                .clientAuth(ClientAuth.REQUIRE);
        if (alpn.length > 0) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    alpn));
        }
        SslContext context = builder.build();
        if (context.sessionContext() instanceof io.netty.handler.ssl.OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        return context;
    }

    /** The client's next certificate comes into force. */
    public void rotateClient() throws Exception {
        Identity now = productpage.current();
        productpage.set(ca.identity(PRODUCTPAGE, now == null ? 1 : now.epoch() + 1));
    }

    /** A server of the cluster reviews, over HTTP/1.1 or HTTP/2. */
    public TestServer start(String name, boolean http2) {
        return start(name, http2, 1_000_000);
    }

    public TestServer start(String name, boolean http2, long maxStreams) {
        try {
            return TestServer.withTls(name, http2, maxStreams, server(http2 ? "h2" : "http/1.1"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
