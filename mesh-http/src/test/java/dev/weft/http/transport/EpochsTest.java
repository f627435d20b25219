package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Cluster;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.http.MeshRequest;
import dev.weft.http.MeshResponse;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of connections when their certificate is followed by another one, or ends. */
@Timeout(60)
final class EpochsTest {
    private static final String URL = "http://reviews:9080/echo";

    private final ManualWorld world = World.manual();
    private final MutualTls mesh = new MutualTls(world.world().ticker());

    EpochsTest() throws Exception {}

    private static MeshSnapshot at(TestServer server, boolean http2) {
        return Snapshots.reviews()
                .protocol(http2 ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1)
                .tls(MutualTls.towardsReviews())
                .at(server.address());
    }

    private Station station(TestServer server, boolean http2) {
        return Station.of(at(server, http2), world.world(), mesh.productpage);
    }

    private void rotate(long epoch) throws Exception {
        mesh.productpage.set(mesh.ca.identity(MutualTls.PRODUCTPAGE, epoch));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIdleConnectionEndsWithItsCertificatesSuccessor(boolean http2) throws Exception {
        try (TestServer server = mesh.start("v1", http2);
                Station station = station(server, http2)) {
            assertThat(station.client.get(URL).text()).startsWith("GET");
            rotate(2);
            // Without time passing.
            Eventually.is("the idle connection is closed", () -> server.openConnections() == 0);
            assertThat(station.transport.pools()).isZero();

            assertThat(station.client.get(URL).text()).startsWith("GET");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallUnderWayRunsToItsEndAndItsConnectionEndsWithIt(boolean http2) throws Exception {
        try (TestServer server = mesh.start("v1", http2);
                Station station = station(server, http2)) {
            MeshResponse halfRead = station.client.get("http://reviews:9080/stream/3000000");
            rotate(2);
            assertThat(station.client.get(URL).text()).startsWith("GET");
            assertThat(server.connections())
                    .as("the next call has one of its own")
                    .isEqualTo(2);
            assertThat(server.openConnections()).isEqualTo(2);

            assertThat(halfRead.bytes()).hasSize(3_000_000);
            Eventually.is("the old connection is closed", () -> server.openConnections() == 1);
            assertThat(station.client.get(URL).text()).startsWith("GET");
            assertThat(server.connections()).isEqualTo(2);
            assertThat(station.transport.pools()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callsThatWaitForAConnectionAreServed(boolean http2) throws Exception {
        try (TestServer server = mesh.start("v1", http2, 1);
                Station station = Station.of(
                        Snapshots.reviews()
                                .protocol(http2 ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1)
                                .tls(MutualTls.towardsReviews())
                                .breakers(1, 100)
                                .at(server.address()),
                        world.world(),
                        mesh.productpage)) {
            MeshResponse halfRead = station.client.get("http://reviews:9080/stream/3000000");
            List<CompletableFuture<MeshResponse>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(station.client.sendAsync(MeshRequest.get(URL)));
            }
            Eventually.is("they wait", () -> station.transport.waiting() == 20);
            rotate(2);

            assertThat(halfRead.bytes()).hasSize(3_000_000);
            for (CompletableFuture<MeshResponse> call : waiting) {
                assertThat(call.get(20, TimeUnit.SECONDS).text()).startsWith("GET");
            }
            Eventually.is("the old pool is empty", () -> server.openConnections() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noConnectionOutlivesItsCertificate(boolean http2) throws Exception {
        try (TestServer server = mesh.start("v1", http2);
                Station station = station(server, http2)) {
            assertThat(station.client.get(URL).text()).startsWith("GET");
            CompletableFuture<MeshResponse> busy =
                    station.client.sendAsync(MeshRequest.get("http://reviews:9080/never/1"));
            Eventually.is("a call is under way", () -> server.running() == 1);
            world.advance(Duration.ofMinutes(59));
            assertThat(server.openConnections()).isPositive();
            assertThat(busy).isNotDone();

            // The CA is down: nobody has brought another one.
            world.advance(Duration.ofMinutes(1).plusMillis(2));
            Eventually.is("all connections are closed", () -> server.openConnections() == 0);
            assertThat(busy.get(20, TimeUnit.SECONDS).header("x-mesh-flags")).isEqualTo("UC");
        }
    }

    @Test
    void withTheCaDownCallsAreRefusedFromTheExpiryOnAndNothingLeavesInPlaintext() throws Exception {
        try (TestServer server = mesh.start("v1", false);
                Station station = station(server, false)) {
            assertThat(station.client.get(URL).status()).isEqualTo(200);
            world.advance(Duration.ofHours(1).plusMillis(2));
            Eventually.is("the connection is closed", () -> server.openConnections() == 0);

            MeshResponse refused = station.client.get(URL);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("x-mesh-flags")).isEqualTo("UF");
            assertThat(refused.header("x-mesh-reason"))
                    .contains("this process's own identity " + MutualTls.PRODUCTPAGE + " expired at", "the CA");
            assertThat(server.connections())
                    .as("the server has not been called again")
                    .isEqualTo(1);

            mesh.productpage.set(mesh.ca.identity(MutualTls.PRODUCTPAGE, 2, 2 * 3_600_000, mesh.ca.root));
            mesh.reviews.set(mesh.ca.identity(MutualTls.REVIEWS, 2, 2 * 3_600_000, mesh.ca.root));
            assertThat(station.client.get(URL).status()).as("the CA is back").isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterTheServersCertificateHasEndedNoRequestBeginsOnItsConnection(boolean http2) throws Exception {
        mesh.productpage.set(mesh.ca.identity(MutualTls.PRODUCTPAGE, 2, 5 * 3_600_000, mesh.ca.root));
        try (TestServer server = mesh.start("v1", http2);
                Station station = station(server, http2)) {
            MeshResponse halfRead = station.client.get("http://reviews:9080/stream/3000000");
            mesh.reviews.set(mesh.ca.identity(MutualTls.REVIEWS, 2, 5 * 3_600_000, mesh.ca.root));
            world.advance(Duration.ofHours(1).plusSeconds(20));

            assertThat(station.client.get(URL).text()).startsWith("GET");
            assertThat(server.connections()).isEqualTo(2);
            assertThat(halfRead.bytes()).hasSize(3_000_000);
            Eventually.is("the old connection is closed", () -> server.openConnections() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNarrowerSetOfAllowedIdentitiesEndsTheConnectionsOfTheWiderOne(boolean http2) throws Exception {
        try (TestServer server = mesh.start("v1", http2)) {
            Snapshots wide = Snapshots.reviews()
                    .protocol(http2 ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1)
                    .tls(MutualTls.towards());
            StaticSource source = SnapshotSource.of(wide.at(server.address()));
            try (Station station = new Station(source, world.world(), null, mesh.productpage)) {
                assertThat(station.client.get(URL).status()).isEqualTo(200);
                source.set(wide.tls(MutualTls.towards("spiffe://cluster.local/ns/default/sa/ratings"))
                        .at(server.address()));

                assertThat(station.client.get(URL).header("x-mesh-reason"))
                        .contains("the peer is " + MutualTls.REVIEWS, "sa/ratings");
                Eventually.is("nothing is open", () -> server.openConnections() == 0);
            }
        }
    }
}
