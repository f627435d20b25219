package dev.weft.http.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.UpstreamTls;
import dev.weft.http.kit.MutualTls;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.PeerIdentity;
import dev.weft.runtime.Ticker;
import dev.weft.tls.Certificates;
import dev.weft.tls.JvmTrust;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handshakes of contexts of either kind, without a network: where no native part loads, the JDK's does the same. */
final class ContextMakerTest {
    private final MutualTls mesh = new MutualTls();

    ContextMakerTest() throws Exception {}

    @ParameterizedTest
    @CsvSource({"true, OPENSSL", "true, JDK", "false, OPENSSL", "false, JDK"})
    void bothSidesAreProvedAndTheProtocolIsAgreedOn(boolean openSsl, SslProvider server) throws Exception {
        SslHandler client = client(openSsl, MutualTls.towardsReviews());
        SslHandler accepting = server(server, AllowedPeers.any());

        assertThat(shakeHands(client, accepting)).isNull();
        assertThat(PeerIdentity.of(client.engine().getSession()).getName()).isEqualTo(MutualTls.REVIEWS);
        assertThat(PeerIdentity.of(accepting.engine().getSession()).getName()).isEqualTo(MutualTls.PRODUCTPAGE);
        assertThat(client.applicationProtocol()).isEqualTo("h2");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anotherIdentityThanTheClustersIsRefusedWithinTheHandshake(boolean openSsl) throws Exception {
        SslHandler client = client(openSsl, MutualTls.towards("spiffe://cluster.local/ns/default/sa/ratings"));

        assertThat(shakeHands(client, server(SslProvider.OPENSSL, AllowedPeers.any())))
                .hasStackTraceContaining("peer refused, ALLOWED: the peer is " + MutualTls.REVIEWS);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void eachConnectionOfAContextIsCheckedAnew(boolean openSsl) throws Exception {
        AtomicInteger seen = new AtomicInteger();
        AllowedPeers counted = AllowedPeers.matching(id -> seen.incrementAndGet() > 0, "all");
        ClientContext context = context(openSsl, MutualTls.towardsReviews());
        var server = mesh.server(SslProvider.OPENSSL, counted, "h2");
        for (int i = 0; i < 3; i++) {
            SslHandler client = context.handler(UnpooledByteBufAllocator.DEFAULT, "reviews", true, 443);
            SslHandler accepting = server.newHandler(UnpooledByteBufAllocator.DEFAULT);
            assertThat(shakeHands(client, accepting)).isNull();
        }
        assertThat(seen).hasValue(3);
    }

    private ClientContext context(boolean openSsl, UpstreamTls tls) throws Exception {
        return new ContextMaker(
                        mesh.productpage, new MeshContexts(mesh.productpage, Ticker.system(), openSsl), new JvmTrust())
                .make(tls, List.of("istio-h2", "istio", "h2"), Certificates.NONE);
    }

    /** Shows no name that the JDK could not read. */
    private SslHandler client(boolean openSsl, UpstreamTls tls) throws Exception {
        return context(openSsl, tls).handler(UnpooledByteBufAllocator.DEFAULT, "reviews.default", true, 443);
    }

    private SslHandler server(SslProvider provider, AllowedPeers clients) throws Exception {
        return mesh.server(provider, clients, "h2", "http/1.1").newHandler(UnpooledByteBufAllocator.DEFAULT);
    }

    /** @return what the client's failed with, or null */
    private static Throwable shakeHands(SslHandler client, SslHandler server) {
        EmbeddedChannel calling = new EmbeddedChannel(client);
        EmbeddedChannel accepting = new EmbeddedChannel(server);
        try {
            boolean moved = true;
            while (moved) {
                moved = move(calling, accepting) | move(accepting, calling);
            }
            assertThat(client.handshakeFuture().isDone()).isTrue();
            Throwable failure = client.handshakeFuture().cause();
            if (failure == null) {
                assertThat(server.handshakeFuture().cause()).isNull();
                assertThat(server.handshakeFuture().isSuccess()).isTrue();
            }
            return failure;
        } finally {
            close(calling);
            close(accepting);
        }
    }

    private static void close(EmbeddedChannel channel) {
        try {
            channel.finishAndReleaseAll();
        } catch (Exception e) {
            // What the handshake failed with is told again at the end.
            channel.close();
        }
    }

    private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        boolean moved = false;
        for (ByteBuf data = from.readOutbound(); data != null; data = from.readOutbound()) {
            moved = true;
            if (to.isOpen()) {
                try {
                    to.writeInbound(data);
                } catch (Exception e) {
                    // The handshake's future holds it.
                    return true;
                }
            } else {
                data.release();
            }
        }
        return moved;
    }
}
