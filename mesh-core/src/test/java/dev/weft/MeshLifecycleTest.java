package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.Cluster;
import dev.weft.config.ConfigProblem;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Snapshots;
import dev.weft.config.TlsMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Where a mesh is in its life, and what is said about it. */
final class MeshLifecycleTest {
    private final Meshes meshes = new Meshes();

    @Test
    void itStartsGetsReadyGoesStaleAndRecovers() {
        RunningMesh mesh = meshes.start();
        assertThat(mesh.state()).isEqualTo(MeshState.STARTING);

        meshes.controlPlane.connected(0);
        assertThat(mesh.state()).isEqualTo(MeshState.STARTING);
        meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.STREAM, 1));
        assertThat(mesh.state()).isEqualTo(MeshState.READY);

        meshes.controlPlane.lost(1);
        assertThat(mesh.state()).isEqualTo(MeshState.STALE);
        assertThat(mesh.knows("reviews:9080")).isTrue();

        meshes.controlPlane.connected(2);
        assertThat(mesh.state()).isEqualTo(MeshState.READY);
        mesh.close();
        assertThat(mesh.state()).isEqualTo(MeshState.CLOSED);
    }

    @Test
    void aConfigurationFromDiskServesAndSaysItsAge() {
        RunningMesh mesh = meshes.start();
        long now = meshes.world.epochMillis();
        meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.DISK, now - 60_000));

        assertThat(mesh.state()).isEqualTo(MeshState.STALE);
        mesh.awaitReady(Duration.ofSeconds(10));
        assertThat(mesh.configuration())
                .returns("4711", MeshConfiguration::version)
                .returns(MeshSnapshot.Source.DISK, MeshConfiguration::source)
                .returns(Duration.ofMinutes(1), MeshConfiguration::age)
                .returns(false, MeshConfiguration::connected)
                .returns("localhost:15010", MeshConfiguration::from);
    }

    @Test
    void oneMayWaitAsLongAsOneLikes() {
        RunningMesh mesh = meshes.start();
        meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.DISK, 1));

        mesh.awaitReady(ChronoUnit.FOREVER.getDuration());
        assertThat(mesh.state()).isEqualTo(MeshState.STALE);
    }

    @Test
    void whatIsMissingIsSaid() {
        RunningMesh mesh = meshes.start();

        assertThatThrownBy(() -> mesh.awaitReady(Duration.ofMillis(5)))
                .isInstanceOf(MeshException.NotReady.class)
                .hasMessage(
                        "not ready after 5 ms: configuration: localhost:15010 connection refused (4 tries), disk none");
        meshes.controlPlane.connected(0);
        assertThatThrownBy(() -> mesh.awaitReady(Duration.ofMillis(5)))
                .hasMessageContaining("localhost:15010 connected, nothing sent yet");
    }

    @Test
    void whoWaitsHearsOfTheEnd() throws Exception {
        RunningMesh mesh = meshes.start();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> mesh.awaitReady(Duration.ofSeconds(30)));
        CompletableFuture<Mesh> ready = mesh.ready().toCompletableFuture();
        mesh.close();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(MeshException.Closed.class);
        assertThatThrownBy(() -> ready.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(MeshException.Closed.class);
        assertThatThrownBy(() -> mesh.awaitReady(Duration.ZERO)).isInstanceOf(MeshException.Closed.class);
    }

    @Test
    void aSnapshotThatComesAfterTheEndChangesNothing() {
        RunningMesh mesh = meshes.start();
        mesh.close();
        meshes.controlPlane.deliver(Meshes.REVIEWS);

        assertThat(mesh.state()).isEqualTo(MeshState.CLOSED);
        assertThat(mesh.knows("reviews:9080")).isFalse();
    }

    @Test
    void closingTwiceIsHarmlessAndWhoComesSecondWaits() throws Exception {
        meshes.setup.port(9080);
        RunningMesh mesh = meshes.start();
        CompletableFuture<Void> first = CompletableFuture.runAsync(mesh::close);
        CompletableFuture<Void> second = CompletableFuture.runAsync(mesh::close);
        assertThat(CompletableFuture.anyOf(first, second)).isNotDone();

        meshes.controlPlane.goodbye.complete(null);
        while (!first.isDone() || !second.isDone()) {
            meshes.world.advance(Duration.ofMillis(10));
            LockSupport.parkNanos(100_000);
        }
        mesh.close();
        assertThat(meshes.controlPlane.heard).containsExactly("goodbye", "close");
    }

    @Test
    void aPartThatClosesItsMeshDoesNotWaitForItself() {
        RunningMesh mesh = meshes.start();
        mesh.shared(AutoCloseable.class, owner -> owner::close);
        mesh.close();

        assertThat(mesh.state()).isEqualTo(MeshState.CLOSED);
    }

    @Test
    void meshesWithoutPortsCloseAtOnce() {
        RunningMesh mesh = meshes.start();
        mesh.close();

        assertThat(meshes.controlPlane.heard).containsExactly("close");
    }

    @Test
    void healthAndPortsReachTheRegistry() throws Exception {
        meshes.setup.port(9080);
        RunningMesh mesh = meshes.start();
        meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.STREAM, meshes.world.epochMillis()));
        mesh.listening("http", "http", 0, new InetSocketAddress(InetAddress.getLoopbackAddress(), 41234));
        mesh.listening("grpc-api", "grpc", 0, new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 41235));
        mesh.health().down("database unreachable");
        mesh.health().down("database unreachable");
        assertThat(mesh.health().reason()).contains("database unreachable");
        mesh.health().up();

        assertThat(meshes.controlPlane.heard)
                .containsExactly(
                        "announce http 9080 at 127.0.0.1:41234",
                        "announce http 9080 at 127.0.0.1:41234",
                        "announce grpc-api 41235 at 10.9.9.9:41235",
                        "down: database unreachable",
                        "up");
    }

    @Test
    void aServerThatStoppedIsTakenBackFromTheRegistry() throws Exception {
        RunningMesh mesh = meshes.start();
        meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.STREAM, meshes.world.epochMillis()));
        InetAddress loopback = InetAddress.getLoopbackAddress();
        mesh.listening("http", "http", 9080, new InetSocketAddress(loopback, 41234));
        mesh.listening("admin", "http", 9090, new InetSocketAddress(loopback, 41235));
        mesh.stopped(new InetSocketAddress(loopback, 41234));
        mesh.stopped(new InetSocketAddress(loopback, 41236));

        assertThat(meshes.controlPlane.heard.subList(3, meshes.controlPlane.heard.size()))
                .containsExactly("announce admin 9090 at 127.0.0.1:41235");
        assertThat(mesh.servicePort(41234)).isEqualTo(41234);
    }

    @Test
    void nobodyIsToldOfAProcessThatWouldLetNobodyIn() {
        RunningMesh mesh = meshes.start();
        mesh.listening("http", "http", 9080, new InetSocketAddress(InetAddress.getLoopbackAddress(), 41234));
        MeshSnapshot open = Meshes.from(MeshSnapshot.Source.STREAM, meshes.world.epochMillis());
        meshes.controlPlane.deliver(with(open, InboundPolicy.refusing("not here yet")));
        assertThat(meshes.controlPlane.heard).isEmpty();

        meshes.controlPlane.deliver(with(open, new InboundPolicy(Map.of(), new PortPolicy(TlsMode.STRICT))));
        assertThat(meshes.controlPlane.heard).containsExactly("announce http 9080 at 127.0.0.1:41234");
        // Once known, it stays so: whoever is refused everywhere would have nobody left to ask.
        meshes.controlPlane.deliver(with(open, InboundPolicy.refusing("not understood")));
        assertThat(meshes.controlPlane.heard).hasSize(1);
    }

    private static MeshSnapshot with(MeshSnapshot snapshot, InboundPolicy policy) {
        return new MeshSnapshot(
                snapshot.version(),
                snapshot.ports(),
                snapshot.clusters(),
                snapshot.endpoints(),
                snapshot.source(),
                snapshot.acceptedMillis(),
                policy);
    }

    @Test
    void metersFollowTheConfigurationAndLeaveWithTheMesh() {
        RunningMesh mesh = meshes.start();
        assertThat(gauge("mesh_configuration_age")).isNaN();
        assertThat(gauge("mesh_control_plane_connected")).isZero();

        meshes.controlPlane.connected(
                meshes.world.epochMillis(), ConfigProblem.error("Cluster bad", "name", "", "a name was expected"));
        meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.STREAM, meshes.world.epochMillis()));
        meshes.world.advance(Duration.ofMillis(1_500));
        assertThat(gauge("mesh_configuration_age")).isEqualTo(1.5);
        assertThat(gauge("mesh_configuration_rejected")).isEqualTo(1);
        assertThat(gauge("mesh_control_plane_connected")).isEqualTo(1);

        mesh.close();
        assertThat(meshes.registry.find("mesh_configuration_age").gauge()).isNull();
    }

    private double gauge(String name) {
        return meshes.registry
                .get(name)
                .tag("mesh_service", "productpage")
                .gauge()
                .value();
    }

    @Test
    void namesAreLookedUpBeforeTheEngineSeesTheirCluster() {
        List<String> asked = new CopyOnWriteArrayList<>();
        RunningMesh mesh = meshes.start(name -> {
            asked.add(name);
            return List.of("10.0.0.7");
        });
        Cluster eds = Snapshots.cluster("db");
        Cluster byName = new Cluster(
                "db",
                Cluster.Discovery.STRICT_DNS,
                "db",
                eds.policy(),
                false,
                0,
                eds.connectTimeout(),
                eds.breakers(),
                null,
                eds.protocol(),
                0,
                null,
                null,
                null,
                eds.service());
        meshes.controlPlane.deliver(Snapshots.empty()
                .host("db", 5432, Snapshots.route("db"))
                .cluster(byName, "db.example:5432")
                .snapshot());
        mesh.awaitReady(Duration.ofSeconds(30));

        assertThat(asked).containsExactly("db.example");
        assertThat(mesh.knows("db:5432")).isTrue();
        mesh.close();
    }
}
