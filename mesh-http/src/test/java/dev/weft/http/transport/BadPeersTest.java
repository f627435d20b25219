package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Cluster;
import dev.weft.config.RetryOn;
import dev.weft.config.UpstreamTls;
import dev.weft.http.MeshResponse;
import dev.weft.http.identity.Workloads;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.identity.AllowedPeers;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are not who they should be, and clocks that are not what they should be, met by the real client. */
@Timeout(60)
final class BadPeersTest {
    private static final String URL = "http://reviews:9080/echo";

    private final MutualTls mesh = new MutualTls();

    BadPeersTest() throws Exception {}

    interface Certificate {
        Workloads.Leaf of(Workloads ca) throws Exception;
    }

    static Stream<Arguments> refused() {
        String reviews = MutualTls.REVIEWS;
        return Stream.of(
                bad("expired", "TIMES", ca -> ca.leaf().uri(reviews).valid(-3_600_000, -1_000)),
                bad("not begun", "TIMES", ca -> ca.leaf().uri(reviews).valid(360_000, 3_600_000)),
                bad("another identity", "ALLOWED", ca -> ca.leaf().uri("spiffe://cluster.local/ns/default/sa/ratings")),
                bad("another case", "ALLOWED", ca -> ca.leaf().uri("spiffe://cluster.local/ns/default/sa/Reviews")),
                bad("longer", "ALLOWED", ca -> ca.leaf().uri(reviews + "-v2")),
                bad(
                        "another trust domain",
                        "TRUST_DOMAIN",
                        ca -> ca.leaf().uri(reviews.replace("cluster.local", "a.b"))),
                bad("two URI names", "NAMES", ca -> ca.leaf().uri(reviews).uri(reviews + "2")),
                bad("no URI name", "NAMES", ca -> ca.leaf().dns("reviews")),
                bad(
                        "NUL in a name",
                        "NAMES",
                        ca -> ca.leaf().uri(reviews + "\0.evil").uncritical()),
                bad(
                        "NUL in a name beside",
                        "NAMES",
                        ca -> ca.leaf().uri(reviews).dns("reviews\0.evil")),
                bad("no key usage", "KEY_USAGE", ca -> ca.leaf().uri(reviews).withoutKeyUsage()),
                bad(
                        "for clients only",
                        "EXTENDED_KEY_USAGE",
                        ca -> ca.leaf().uri(reviews).clientOnly()),
                bad("a CA's", "BASIC_CONSTRAINTS", ca -> ca.leaf().uri(reviews).ca()));
    }

    private static Arguments bad(String what, String check, Certificate certificate) {
        return Arguments.of(what, check, certificate);
    }

    private static SslContext hostile(Workloads.Leaf leaf) throws Exception {
        return SslContextBuilder.forServer(leaf.key(), leaf.chain().toArray(new X509Certificate[0]))
                .sslProvider(SslProvider.OPENSSL)
                .clientAuth(ClientAuth.OPTIONAL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build();
    }

    private MeshResponse call(SslContext server) throws Exception {
        try (TestServer listening = TestServer.withTls("v1", false, server);
                Station station = station(listening, World.system())) {
            MeshResponse response = station.client.get(URL);
            if (response.status() != 200) {
                assertThat(listening.requests()).as("requests that left").isEmpty();
            }
            return response;
        }
    }

    private Station station(TestServer server, World world) {
        return Station.of(
                Snapshots.reviews()
                        .protocol(Cluster.Protocol.HTTP1)
                        .tls(MutualTls.towardsReviews())
                        .at(server.address()),
                world,
                mesh.productpage);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aServerWithABadCertificateIsRefusedAndTheReasonNamesTheCheck(
            String what, String check, Certificate certificate) throws Exception {
        MeshResponse response = call(hostile(certificate.of(mesh.ca)));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("x-mesh-flags")).isEqualTo("UF");
        assertThat(response.header("x-mesh-reason")).contains("no trusted connection", "peer refused, " + check);
    }

    @Test
    void theSameServerWithAGoodCertificateIsAccepted() throws Exception {
        assertThat(call(hostile(mesh.ca.leaf().uri(MutualTls.REVIEWS))).status())
                .isEqualTo(200);
    }

    @Test
    void aCertificateOfAnotherRootIsRefused() throws Exception {
        Workloads other = new Workloads();

        assertThat(call(hostile(other.leaf().uri(MutualTls.REVIEWS))).header("x-mesh-reason"))
                .contains("peer refused, CHAIN");
    }

    @Test
    void aPlaintextServerWhereTlsIsDemandedGetsNoRequest() {
        try (TestServer plain = TestServer.start("v1", false);
                Station station = station(plain, World.system())) {
            assertThat(station.client.get(URL).header("x-mesh-flags")).isEqualTo("UF");
            assertThat(plain.requests()).doesNotContain("GET /echo");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatDoesNotTakeThisClientIsAFailureAndNoAnswer(boolean http2) throws Exception {
        AllowedPeers others = AllowedPeers.of(java.util.List.of(MutualTls.REVIEWS));
        try (TestServer server = TestServer.withTls("v1", http2, mesh.server(SslProvider.OPENSSL, others));
                Station station = Station.of(
                        Snapshots.reviews()
                                .protocol(http2 ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1)
                                .tls(MutualTls.towardsReviews())
                                .at(server.address()),
                        World.system(),
                        mesh.productpage)) {
            MeshResponse response = station.client.get(URL);
            assertThat(response.status()).isEqualTo(503);
            // Over HTTP/1.1 the request has left by the time TLS 1.3 brings the server's word, so that it counts as
            // lost.
            assertThat(response.header("x-mesh-flags")).isEqualTo(http2 ? "UF" : "UC");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aHandshakeFailureIsRetriedWhereAConnectionFailureIs() throws Exception {
        SslContext bad = hostile(mesh.ca.leaf().uri("spiffe://cluster.local/ns/default/sa/ratings"));
        try (TestServer wrong = TestServer.withTls("v1", false, bad);
                TestServer right = mesh.start("v2", false);
                Station station = Station.of(
                        Snapshots.reviews()
                                .tls(MutualTls.towardsReviews())
                                .retry(3, null, RetryOn.CONNECT_FAILURE)
                                .at(wrong.address(), right.address()),
                        World.system(),
                        mesh.productpage)) {
            for (int i = 0; i < 4; i++) {
                assertThat(station.client.get(URL).text()).contains("server: v2");
            }
            station.observer.awaitAttemptsWith("PRIMARY TLS", "RETRY 200");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-295_000, 295_000})
    void clocksThatDifferByFiveMinutesUnderstandEachOther(long apartMillis) throws Exception {
        // Both certificates begin now, by the clock of the CA and of the server.
        mesh.reviews.set(fresh(MutualTls.REVIEWS));
        mesh.productpage.set(fresh(MutualTls.PRODUCTPAGE));
        World apart = new World(apart(apartMillis), Timer.system(), Randomness.system());
        try (TestServer server = mesh.start("v1", false);
                Station station = station(server, apart)) {
            MeshResponse response = station.client.get(URL);
            assertThat(response.header("x-mesh-reason")).isNull();
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Test
    void clocksThatDifferByMoreAreNamedAsTheReason() throws Exception {
        mesh.productpage.set(fresh(MutualTls.PRODUCTPAGE));
        World apart = new World(apart(-420_000), Timer.system(), Randomness.system());
        try (TestServer server = mesh.start("v1", false);
                Station station = station(server, apart)) {
            assertThat(station.client.get(URL).header("x-mesh-reason")).contains("begins only at", "clock");
        }
    }

    private dev.weft.identity.Identity fresh(String id) throws Exception {
        Workloads.Leaf leaf = mesh.ca.leaf().uri(id).valid(0, 3_600_000);
        return new dev.weft.identity.Identity(
                dev.weft.identity.Svid.of(leaf.chain(), leaf.key()),
                dev.weft.identity.TrustBundle.of("cluster.local", java.util.List.of(mesh.ca.root)),
                2);
    }

    private static Ticker apart(long millis) {
        Ticker system = Ticker.system();
        return new Ticker() {
            @Override
            public long nanoTime() {
                return system.nanoTime();
            }

            @Override
            public long epochMillis() {
                return system.epochMillis() + millis;
            }
        };
    }

    @Test
    void withoutNamedIdentitiesAnyWorkloadOfTheTrustDomainIsAccepted() throws Exception {
        UpstreamTls any = MutualTls.towards();
        try (TestServer server = TestServer.withTls(
                        "v1", false, hostile(mesh.ca.leaf().uri("spiffe://cluster.local/ns/other/sa/other")));
                Station station = Station.of(
                        Snapshots.reviews().tls(any).at(server.address()), World.system(), mesh.productpage)) {
            assertThat(station.client.get(URL).status()).isEqualTo(200);
        }
    }
}
