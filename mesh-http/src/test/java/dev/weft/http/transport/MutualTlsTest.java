package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.Cluster;
import dev.weft.config.InboundPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.TlsMode;
import dev.weft.config.UpstreamTls;
import dev.weft.http.MeshResponse;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.identity.AllowedPeers;
import dev.weft.runtime.World;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS of mode ISTIO_MUTUAL: both sides show an identity of the mesh. */
@Timeout(60)
final class MutualTlsTest {
    private static final String URL = "http://reviews:9080/echo";

    private final MutualTls mesh = new MutualTls();

    MutualTlsTest() throws Exception {}

    private Station station(TestServer server, UpstreamTls tls, Cluster.Protocol protocol) {
        return Station.of(
                Snapshots.reviews().protocol(protocol).tls(tls).at(server.address()), World.system(), mesh.productpage);
    }

    @ParameterizedTest
    @CsvSource({"JDK, false", "JDK, true", "OPENSSL, false", "OPENSSL, true"})
    void theServerLearnsWhoCalls(SslProvider provider, boolean http2) throws Exception {
        Set<String> callers = ConcurrentHashMap.newKeySet();
        AllowedPeers all = AllowedPeers.matching(id -> callers.add(id.toString()), "all");
        Cluster.Protocol protocol = http2 ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1;
        try (TestServer server =
                        TestServer.withTls("v1", http2, mesh.server(provider, all, http2 ? "h2" : "http/1.1"));
                Station station = station(server, MutualTls.towardsReviews(), protocol)) {
            // The JDK's server takes no name of Istio's and is called again without one.
            MeshResponse response = station.client.get(URL);
            assertThat(response.header("x-mesh-reason")).isNull();
            assertThat(response.overHttp2()).isEqualTo(http2);
            assertThat(response.text()).contains("server: v1");
        }
        assertThat(callers).containsExactly(MutualTls.PRODUCTPAGE);
    }

    @Test
    void http2IsSpokenToAServerThatAgreesOnNoProtocol() throws Exception {
        try (TestServer server = TestServer.withTls("v1", true, mesh.server());
                Station station = station(server, MutualTls.towardsReviews(), Cluster.Protocol.HTTP2)) {
            assertThat(station.client.get(URL).overHttp2()).isTrue();
        }
    }

    static Stream<Arguments> offers() {
        UpstreamTls mesh = MutualTls.towardsReviews();
        UpstreamTls outside = new UpstreamTls(UpstreamTls.Mode.SIMPLE, "pay.example", List.of(), List.of());
        UpstreamTls said = new UpstreamTls(
                UpstreamTls.Mode.SIMPLE, "pay.example", List.of(), List.of("h2", "http/1.1", "http/1.0"));
        return Stream.of(
                Arguments.of(mesh, Cluster.Protocol.HTTP1, "istio-http/1.1 istio http/1.1"),
                Arguments.of(mesh, Cluster.Protocol.HTTP2, "istio-h2 istio h2"),
                Arguments.of(mesh, Cluster.Protocol.DOWNSTREAM, "istio-http/1.1 istio http/1.1"),
                Arguments.of(mesh, Cluster.Protocol.AUTO, "istio-h2 istio-http/1.1 istio h2 http/1.1"),
                Arguments.of(outside, Cluster.Protocol.HTTP1, "http/1.1"),
                Arguments.of(outside, Cluster.Protocol.AUTO, "h2 http/1.1"),
                Arguments.of(said, Cluster.Protocol.HTTP2, "h2"),
                Arguments.of(said, Cluster.Protocol.HTTP1, "http/1.1 http/1.0"));
    }

    @ParameterizedTest
    @MethodSource("offers")
    void theServerIsShownItsNameAndOfferedTheProtocolsOfIstiosSidecars(
            UpstreamTls tls, Cluster.Protocol protocol, String offered) throws Exception {
        try (PeekingServer server = new PeekingServer();
                Station station = Station.of(
                        Snapshots.reviews().protocol(protocol).tls(tls).at(server.address()),
                        World.system(),
                        mesh.productpage)) {
            station.client.get(URL).close();
            assertThat(server.hellos.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(new PeekingServer.Hello(tls.sni(), List.of(offered.split(" "))));
        }
    }

    @Test
    void peerExchangeIsNeverOffered() {
        assertThatThrownBy(() -> new UpstreamTls(
                        UpstreamTls.Mode.ISTIO_MUTUAL, "", List.of(), List.of("istio-peer-exchange", "istio")))
                .hasMessageContaining("istio-peer-exchange");
    }

    @Test
    void theProtocolFollowsTheServersChoiceWhereTheClusterLeavesItOpen() throws Exception {
        for (boolean http2 : new boolean[] {false, true}) {
            try (TestServer server = mesh.start("v1", http2);
                    Station station = station(server, MutualTls.towardsReviews(), Cluster.Protocol.AUTO)) {
                assertThat(station.client.get(URL).overHttp2()).isEqualTo(http2);
            }
        }
    }

    @Test
    void httpsIsAnsweredOverMutualTlsAndRefusedInPlaintext() throws Exception {
        try (TestServer server = mesh.start("v1", false);
                Station station = station(server, MutualTls.towardsReviews(), Cluster.Protocol.HTTP1);
                TestServer plain = TestServer.start("v1", false);
                Station without =
                        Station.of(Snapshots.reviews().at(plain.address()), World.system(), mesh.productpage)) {
            assertThat(station.client.get("https://reviews:9080/echo").status()).isEqualTo(200);
            assertThat(without.client.get("https://reviews:9080/echo").header("x-mesh-reason"))
                    .contains("https was demanded");
            assertThat(plain.connections()).isZero();
        }
    }

    @Test
    void theJdksHttpsServerIsCalledThoughItReadsNoneOfIstiosNames() throws Exception {
        MeshSnapshot strict = new MeshSnapshot(
                "test",
                Map.of(),
                Map.of(),
                Map.of(),
                MeshSnapshot.Source.STATIC,
                0,
                new InboundPolicy(Map.of(), new InboundPolicy.PortPolicy(TlsMode.STRICT)));
        try (Mesh reviews = Mesh.builder()
                .service("reviews")
                .ignoreEnvironment()
                .trust(Trust.of(mesh.reviews))
                .snapshots(SnapshotSource.of(strict))
                .start()) {
            HttpServer server =
                    reviews.guard(HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            try (Station station = Station.of(
                    Snapshots.reviews().tls(MutualTls.towardsReviews()).at(server.getAddress()),
                    World.system(),
                    mesh.productpage)) {
                for (int i = 0; i < 5; i++) {
                    MeshResponse response = station.client.get(URL);
                    assertThat(response.header("x-mesh-reason")).isNull();
                    assertThat(response.status()).isEqualTo(204);
                }
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void aServerWhoseTlsCannotReadIstiosNamesIsAskedForThemOnce() throws Exception {
        try (TestServer server = TestServer.withTls("v1", false, mesh.server(SslProvider.JDK, AllowedPeers.any()));
                Station station = station(server, MutualTls.towardsReviews(), Cluster.Protocol.HTTP1)) {
            for (int i = 0; i < 3; i++) {
                assertThat(station.client.get("http://reviews:9080/last").status())
                        .isEqualTo(200);
            }
            assertThat(server.connections()).isEqualTo(4);
        }
    }
}
