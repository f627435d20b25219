package dev.weft.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Cluster;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.RetryOn;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.http.MeshRequest;
import dev.weft.http.MeshResponse;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RawServer;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of connections in their pool. */
@Timeout(60)
final class ConnectionsTest {
    private static final String URL = "http://reviews:9080/echo";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIdleConnectionIsClosedAfterItsClustersTimeout(boolean http2) {
        ManualWorld world = World.manual();
        try (TestServer server = TestServer.start("v1", http2);
                Station station = new Station(
                        Snapshots.reviews()
                                .protocol(http2 ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1)
                                .idleTimeout(Duration.ofSeconds(60))
                                .at(server.address()),
                        world.world(),
                        null)) {
            assertThat(station.client.get(URL).text()).startsWith("GET");
            world.advance(Duration.ofSeconds(40));
            assertThat(station.client.get(URL).text()).startsWith("GET");
            world.advance(Duration.ofSeconds(40));
            assertThat(station.client.get(URL).text()).startsWith("GET");
            assertThat(server.connections()).isEqualTo(1);

            Eventually.is("idle connection is closed", () -> {
                // A stream is off the books a moment after its response; from then on it is idle.
                world.advance(Duration.ofSeconds(61));
                return station.transport.connections() == 0;
            });
            assertThat(station.client.get(URL).text()).startsWith("GET");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionToAHostThatLeftTheConfigurationIsClosedWhenItIsIdle(boolean http2) {
        ManualWorld world = World.manual();
        try (TestServer before = TestServer.start("v1", http2);
                TestServer after = TestServer.start("v2", http2)) {
            StaticSource source = SnapshotSource.of(at(before, http2));
            try (Station station = new Station(source, world.world(), null)) {
                assertThat(station.client.get(URL).text()).contains("server: v1");
                source.set(at(after, http2));
                assertThat(station.client.get(URL).text()).contains("server: v2");
                world.advance(Duration.ofSeconds(10));
                Eventually.is("nothing is open to the old host", () -> before.openConnections() == 0);
                assertThat(after.openConnections()).as("the new host's stays").isEqualTo(1);

                source.set(at(before, http2));
                assertThat(station.client.get(URL).text()).contains("server: v1");
                world.advance(Duration.ofSeconds(30));
                assertThat(station.client.get(URL).text()).contains("server: v1");
                assertThat(before.connections())
                        .as("back, and its connection stays")
                        .isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallUnderWayToAHostThatLeftRunsToItsEndAndTheConnectionEndsWithIt(boolean http2) {
        ManualWorld world = World.manual();
        try (TestServer before = TestServer.start("v1", http2);
                TestServer after = TestServer.start("v2", http2)) {
            StaticSource source = SnapshotSource.of(at(before, http2));
            try (Station station = new Station(source, world.world(), null)) {
                MeshResponse halfRead = station.client.get("http://reviews:9080/stream/2000000");
                source.set(at(after, http2));
                world.advance(Duration.ofSeconds(30));
                assertThat(before.openConnections()).isEqualTo(1);

                assertThat(halfRead.bytes()).hasSize(2_000_000);
                Eventually.is("nothing is open to the old host", () -> before.openConnections() == 0);
            }
        }
    }

    private static MeshSnapshot at(TestServer server, boolean http2) {
        return Snapshots.reviews()
                .protocol(http2 ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1)
                .at(server.address());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callsThatMeetTheEndOfTheirConnectionAllEnd(boolean http2) throws Exception {
        try (TestServer server = TestServer.start("v1", http2);
                Station station = new Station(at(server, http2))) {
            for (int round = 0; round < 30; round++) {
                assertThat(station.client.get(URL).status()).isBetween(200, 503);
                List<CompletableFuture<MeshResponse>> calls = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    calls.add(station.client.sendAsync(MeshRequest.get(URL)));
                    if (i == 20) {
                        server.dropConnections();
                    }
                }
                for (CompletableFuture<MeshResponse> call : calls) {
                    call.get(10, TimeUnit.SECONDS).close();
                }
            }
        }
    }

    @Test
    void aResponseThatSaysCloseEndsItsConnection() {
        try (TestServer server = TestServer.start("v1", false);
                Station station = new Station(Snapshots.reviews().at(server.address()))) {
            for (int i = 0; i < 3; i++) {
                assertThat(station.client.get("http://reviews:9080/last").text())
                        .isEqualTo("last");
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void aConnectionThatIsResetUnderARequestIsNotCalledUnsent() throws IOException {
        RawServer.Script onceThenReset = talk -> {
            talk.readHead();
            talk.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            // The second request is read, and may have been acted upon, before the connection ends.
            talk.readHead();
        };
        try (RawServer server = RawServer.start(onceThenReset);
                Station station = new Station(Snapshots.reviews()
                        .retry(1, null, RetryOn.RESET_BEFORE_REQUEST)
                        .at(server.address()))) {
            assertThat(station.client.get(URL).text()).isEqualTo("ok");
            MeshResponse second = station.client.send(MeshRequest.post(URL).body("x"));

            assertThat(second.header("x-mesh-flags")).isEqualTo("UC");
            station.observer.awaitAttempts("PRIMARY 200", "PRIMARY RESET");
        }
    }

    @Test
    void connectingTakesNoLongerThanTheClusterSays() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Nobody accepts: when the queue is full, the kernel leaves further connections without an answer.
            List<SocketChannel> queue = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(full.getLocalSocketAddress());
                queue.add(channel);
            }
            try (Station station = new Station(
                    Snapshots.reviews().connectTimeout(Duration.ofMillis(300)).at((InetSocketAddress)
                            full.getLocalSocketAddress()))) {
                MeshResponse response = station.client.get(URL);

                assertThat(response.header("x-mesh-flags")).isEqualTo("UF");
                assertThat(response.header("x-mesh-reason")).contains("timed out after 300 ms");
            } finally {
                for (SocketChannel channel : queue) {
                    channel.close();
                }
            }
        }
    }

    @Test
    void allWhoWaitForADeadHostHearOfIt() {
        try (Station station = new Station(Snapshots.reviews().at(TestServer.nobody()))) {
            var calls = new ArrayList<CompletableFuture<MeshResponse>>();
            for (int i = 0; i < 50; i++) {
                calls.add(station.client.sendAsync(MeshRequest.get(URL)));
            }
            assertThat(calls)
                    .allSatisfy(call -> assertThat(call.join().status()).isEqualTo(503));
            assertThat(station.transport.waiting()).isZero();
        }
    }

    @Test
    void aNameThatNobodyKnowsIsAnAnswer() {
        try (Station station = new Station(Snapshots.reviews().at())) {
            MeshResponse response = station.client.get("http://no-such-name.invalid/");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("x-mesh-reason")).contains("unknown host no-such-name.invalid");
        }
    }

    @Test
    void aClosedMeshAnswersThatItIs() {
        Station station;
        try (TestServer server = TestServer.start("v1", false)) {
            station = new Station(Snapshots.reviews().at(server.address()));
            station.close();
            assertThat(station.client.get(URL).header("x-mesh-reason")).contains("closed");
        }
    }

    @Test
    void callsThatWaitForAConnectionHearThatTheMeshIsClosed() {
        List<CompletableFuture<MeshResponse>> calls = new ArrayList<>();
        try (TestServer server = TestServer.start("v1", false)) {
            Station station = new Station(Snapshots.reviews().breakers(1, 100).at(server.address()));
            for (int i = 0; i < 20; i++) {
                calls.add(station.client.sendAsync(MeshRequest.get("http://reviews:9080/never")));
            }
            Eventually.is("all but one wait", () -> server.running() == 1 && station.transport.waiting() == 19);

            station.close();

            assertThat(calls)
                    .allSatisfy(call -> assertThat(call.join().status()).isEqualTo(503));
            assertThat(station.transport.waiting()).isZero();
        }
    }
}
