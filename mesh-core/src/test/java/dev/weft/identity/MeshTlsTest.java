package dev.weft.identity;

import static dev.weft.identity.TestAuthority.PRODUCTPAGE;
import static dev.weft.identity.TestAuthority.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSSE on both sides, over loopback. */
final class MeshTlsTest {
    private final TestAuthority root = TestAuthority.root("root");
    private final HeldIdentity reviews = IdentitySource.of(root.identity(REVIEWS, 1));
    private final HeldIdentity productpage = IdentitySource.of(root.identity(PRODUCTPAGE, 1));

    private SSLContext toReviews() {
        return MeshTls.client(productpage, AllowedPeers.of(List.of(REVIEWS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bothSidesKnowEachOther(String protocol) throws Exception {
        try (TlsServer server = new TlsServer(MeshTls.server(reviews, AllowedPeers.any()))) {
            assertThat(server.call(toReviews(), protocol)).isEqualTo(PRODUCTPAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "Ed25519"})
    void otherKindsOfKeysServeToo(String algorithm) throws Exception {
        HeldIdentity other = IdentitySource.of(
                new Identity(root.leaf().uri(REVIEWS).algorithm(algorithm).svid(), root.bundle(), 1));

        try (TlsServer server = new TlsServer(MeshTls.server(other, AllowedPeers.any()))) {
            assertThat(server.call(toReviews())).isEqualTo(PRODUCTPAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void noConnectionResumesAndEachIsChecked(String protocol) throws Exception {
        AtomicInteger clients = new AtomicInteger();
        AtomicInteger servers = new AtomicInteger();
        SSLContext client =
                MeshTls.client(productpage, AllowedPeers.matching(id -> servers.incrementAndGet() > 0, "all"));
        AllowedPeers counting = AllowedPeers.matching(id -> clients.incrementAndGet() > 0, "all");
        try (TlsServer server = new TlsServer(MeshTls.server(reviews, counting))) {
            for (int i = 0; i < 5; i++) {
                server.call(client, protocol);
            }
        }

        assertThat(clients).hasValue(5);
        assertThat(servers).hasValue(5);
    }

    /** An ordinary JSSE context with the same managers would let the second connection in unchecked. */
    @Test
    void ordinaryContextsDoResume() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        AllowedPeers counting = AllowedPeers.matching(id -> checks.incrementAndGet() > 0, "all");
        SSLContext ordinary = SSLContext.getInstance("TLS");
        ordinary.init(
                new javax.net.ssl.KeyManager[] {MeshKeys.of(productpage)},
                new javax.net.ssl.TrustManager[] {MeshTrust.forPeers(productpage, counting)},
                null);
        SSLContext shared = SSLContext.getInstance("TLS");
        shared.init(
                new javax.net.ssl.KeyManager[] {MeshKeys.of(reviews)},
                new javax.net.ssl.TrustManager[] {MeshTrust.forPeers(reviews, AllowedPeers.any())},
                null);
        try (TlsServer server = new TlsServer(shared)) {
            String first = call(server, ordinary);
            String second = call(server, ordinary);
            assertThat(first).isEqualTo(second);
        }

        assertThat(checks).hasValue(1);
    }

    private static String call(TlsServer server, SSLContext context) throws IOException {
        return server.call(context, "TLSv1.2");
    }

    @Test
    void strangerIsRefusedByTheServerAndTheReasonIsSaid() throws Exception {
        SSLContext stranger = MeshTls.client(
                IdentitySource.of(new Identity(
                        TestAuthority.root("foreign").leaf().uri(PRODUCTPAGE).svid(), root.bundle(), 1)),
                AllowedPeers.any());
        try (TlsServer server = new TlsServer(MeshTls.server(reviews, AllowedPeers.any()))) {
            assertThatThrownBy(() -> server.call(stranger)).isInstanceOf(IOException.class);
            assertThat(server.failure()).rootCause().isNotNull();
            assertThat(refusal(catchThrowable(() -> server.call(stranger)), server.failure()))
                    .isEqualTo(PeerRefusedException.Check.CHAIN);
        }
    }

    private static PeerRefusedException.Check refusal(Throwable client, Exception server) {
        assertThat(client).isNotNull();
        for (Throwable cause = server; cause != null; cause = cause.getCause()) {
            if (cause instanceof PeerRefusedException refused) {
                return refused.check();
            }
        }
        throw new AssertionError("no refusal in", server);
    }

    @Test
    void clientWithoutCertificateIsRefused() throws Exception {
        SSLContext plain = SSLContext.getInstance("TLS");
        plain.init(null, new javax.net.ssl.TrustManager[] {MeshTrust.forPeers(productpage, AllowedPeers.any())}, null);
        try (TlsServer server = new TlsServer(MeshTls.server(reviews, AllowedPeers.any()))) {
            assertThatThrownBy(() -> server.call(plain)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void withoutIdentityBothSidesRefuse() throws Exception {
        HeldIdentity nobody = new HeldIdentity();
        try (TlsServer empty = new TlsServer(MeshTls.server(nobody, AllowedPeers.any()));
                TlsServer server = new TlsServer(MeshTls.server(reviews, AllowedPeers.any()))) {
            assertThatThrownBy(() -> empty.call(toReviews())).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> server.call(MeshTls.client(nobody, AllowedPeers.any())))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("this process has no identity yet");
        }
    }

    @ParameterizedTest
    @CsvSource({"-300, 0", "300, 0", "0, -300", "0, 300", "-150, 150"})
    void clocksFiveMinutesApartDoNotMatter(long clientSeconds, long serverSeconds) throws Exception {
        // Each certificate begins at the instant that its owner's CA believes to be now.
        long now = System.currentTimeMillis();
        long latest = now + Math.max(clientSeconds, serverSeconds) * 1000;
        HeldIdentity a = IdentitySource.of(new Identity(
                root.leaf().uri(PRODUCTPAGE).from(latest, 3_600_000).svid(), root.bundle(), 1));
        HeldIdentity b = IdentitySource.of(
                new Identity(root.leaf().uri(REVIEWS).from(latest, 3_600_000).svid(), root.bundle(), 1));
        FixedClock clientClock = new FixedClock(now + clientSeconds * 1000);
        FixedClock serverClock = new FixedClock(now + serverSeconds * 1000);

        try (TlsServer server = new TlsServer(MeshTls.server(b, AllowedPeers.any(), serverClock))) {
            assertThat(server.call(MeshTls.client(a, AllowedPeers.any(), clientClock)))
                    .isEqualTo(PRODUCTPAGE);
        }
    }

    @Test
    void serverSocketsAreNotOffered() {
        assertThatThrownBy(() -> MeshTls.server(reviews, AllowedPeers.any()).getServerSocketFactory())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("createSSLEngine");
    }
}
