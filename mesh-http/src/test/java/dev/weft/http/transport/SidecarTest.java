package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.Cluster;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.TlsMode;
import dev.weft.config.UpstreamTls;
import dev.weft.http.MeshResponse;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.netty.MeshReactor;
import dev.weft.identity.Pem;
import dev.weft.runtime.World;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Weft and real Envoy in the role of Istio's sidecar understand each other, both ways, with certificates of one CA. */
@Tag("interop")
@Timeout(120)
final class SidecarTest {
    private static final String URL = "http://reviews:9080/1";

    private final MutualTls mesh = new MutualTls();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Mesh weft;
    private DisposableServer server;
    private SidecarProcess sidecar;

    @TempDir
    Path directory;

    SidecarTest() throws Exception {}

    @BeforeEach
    void start() throws Exception {
        var reviews = mesh.reviews.current().svid();
        Files.writeString(directory.resolve("reviews.pem"), Pem.write(reviews.chain()));
        Files.writeString(directory.resolve("reviews.key"), Pem.write(reviews.key()));
        Files.writeString(directory.resolve("root.pem"), Pem.write(List.of(mesh.ca.root)));
        MeshSnapshot strict = new MeshSnapshot(
                "test",
                Map.of(),
                Map.of(),
                Map.of(),
                MeshSnapshot.Source.STATIC,
                0,
                new InboundPolicy(Map.of(), new PortPolicy(TlsMode.STRICT)));
        weft = Mesh.builder()
                .service("productpage")
                .ignoreEnvironment()
                .trust(Trust.of(mesh.productpage))
                .snapshots(SnapshotSource.of(strict))
                .start();
        server = weft.guard(HttpServer.create()
                        .host(InetAddress.getLoopbackAddress().getHostAddress())
                        .port(0))
                .handle((request, response) -> response.sendString(
                        Mono.just("weft told " + MeshReactor.peer(request).getName() + " over " + request.protocol())))
                .bindNow();
        sidecar = SidecarProcess.start(directory, server.port());
    }

    @AfterEach
    void stop() throws Exception {
        if (sidecar != null) {
            sidecar.close();
        }
        server.disposeNow();
        weft.close();
    }

    private Station station(String listener, UpstreamTls tls, Cluster.Protocol protocol) {
        return Station.of(
                Snapshots.reviews().protocol(protocol).tls(tls).at(sidecar.listener(listener)),
                World.system(),
                mesh.productpage);
    }

    @ParameterizedTest
    @CsvSource({
        "permissive, HTTP1, HTTP/1.1",
        "permissive, HTTP2, HTTP/2",
        "permissive, DOWNSTREAM, HTTP/1.1",
        "permissive, AUTO, HTTP/2",
        "strict, HTTP1, HTTP/1.1",
        "strict, HTTP2, HTTP/2",
        "strict, AUTO, HTTP/2"
    })
    void aSidecarKnowsTheCaller(String listener, Cluster.Protocol protocol, String spoken) {
        try (Station station = station(listener, MutualTls.towardsReviews(), protocol)) {
            for (int i = 0; i < 20; i++) {
                MeshResponse response = station.client.get(URL);
                assertThat(response.header("x-mesh-reason")).isNull();
                assertThat(response.text()).isEqualTo("sidecar");
                assertThat(response.header("x-caller")).isEqualTo(MutualTls.PRODUCTPAGE);
                assertThat(response.header("x-protocol")).isEqualTo(spoken);
                assertThat(response.header("x-tls")).isEqualTo("TLSv1.3");
                assertThat(response.header("x-sni")).isEqualTo("outbound_.9080_._.reviews.default.svc.cluster.local");
            }
            assertThat(station.transport.connections()).isEqualTo(1);
        }
    }

    @Test
    void aPermissiveSidecarTakesPlaintextAndAStrictOneDoesNot() {
        try (Station station = station("permissive", null, Cluster.Protocol.HTTP1)) {
            MeshResponse response = station.client.get(URL);
            assertThat(response.text()).isEqualTo("sidecar");
            assertThat(response.header("x-tls")).isIn(null, "", "-");
        }
        try (Station station = station("strict", null, Cluster.Protocol.HTTP1)) {
            assertThat(station.client.get(URL).status()).isEqualTo(503);
        }
    }

    @Test
    void aSidecarOfAnotherIdentityIsRefused() {
        UpstreamTls ratings = MutualTls.towards("spiffe://cluster.local/ns/default/sa/ratings");
        try (Station station = station("strict", ratings, Cluster.Protocol.HTTP2)) {
            assertThat(station.client.get(URL).header("x-mesh-reason")).contains("the peer is " + MutualTls.REVIEWS);
        }
    }

    @Test
    void aSidecarRefusesACallerOfAnotherRoot() throws Exception {
        MutualTls stranger = new MutualTls();
        // Who would accept the sidecar, but is not accepted.
        stranger.productpage.set(stranger.ca.identity(MutualTls.PRODUCTPAGE, 2, mesh.ca.root));
        for (Cluster.Protocol protocol : List.of(Cluster.Protocol.HTTP1, Cluster.Protocol.HTTP2)) {
            try (Station station = Station.of(
                    Snapshots.reviews()
                            .protocol(protocol)
                            .tls(MutualTls.towardsReviews())
                            .at(sidecar.listener("strict")),
                    World.system(),
                    stranger.productpage)) {
                MeshResponse response = station.client.get(URL);
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.header("x-mesh-flags")).isIn("UF", "UC");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"outbound-http1, HTTP/1.1", "outbound-http2, HTTP/2.0"})
    void aGuardedServerInStrictModeKnowsTheSidecarThatCalls(String listener, String spoken) throws Exception {
        InetSocketAddress address = sidecar.listener(listener);
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/1");
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode())
                    .as(sidecar.log() + response.body())
                    .isEqualTo(200);
            assertThat(response.body()).isEqualTo("weft told " + MutualTls.REVIEWS + " over " + spoken);
        }
    }
}
