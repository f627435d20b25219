package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.MeshSnapshot;
import dev.weft.engine.InboundExchange;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leaving so that nobody loses a request: registry first, then calls in flight. */
final class DrainTest {
    private static final RequestHead HEAD = new RequestHead("GET", "http", "reviews:9080", "/1", Headers.EMPTY);

    private final Meshes meshes = new Meshes();

    @BeforeEach
    void aServer() {
        meshes.setup.port(9080).drainPropagation(Duration.ofSeconds(3));
    }

    private CompletableFuture<Void> drain(RunningMesh mesh, Duration atMost) {
        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> mesh.drain(atMost));
        while (mesh.state() != MeshState.DRAINING || !meshes.controlPlane.heard.contains("goodbye")) {
            LockSupport.parkNanos(100_000);
        }
        return drained;
    }

    private void finish(CompletableFuture<Void> drained) {
        while (!drained.isDone()) {
            meshes.world.advance(Duration.ofMillis(10));
            LockSupport.parkNanos(100_000);
        }
        drained.join();
    }

    @Test
    void itWaitsForRequestsInFlightAndNewOnesStillWork() {
        RunningMesh mesh = meshes.start();
        InboundExchange first = mesh.inbound().begin(HEAD);
        CompletableFuture<Void> drained = drain(mesh, Duration.ofHours(1));
        meshes.controlPlane.goodbye.complete(null);
        meshes.world.advance(Duration.ofSeconds(5));
        assertThat(drained).isNotDone();

        InboundExchange second = mesh.inbound().begin(HEAD);
        assertThat(second.refusal()).isNull();
        first.finished(200);
        meshes.world.advance(Duration.ofSeconds(5));
        assertThat(drained).isNotDone();

        second.finished(200);
        finish(drained);
    }

    @Test
    void itWaitsUntilClientsHaveBeenTold() {
        RunningMesh mesh = meshes.start();
        CompletableFuture<Void> drained = drain(mesh, Duration.ofHours(1));
        meshes.world.advance(Duration.ofSeconds(1));
        assertThat(drained).isNotDone();

        meshes.controlPlane.goodbye.complete(null);
        finish(drained);
    }

    @Test
    void itEndsWhenItsTimeIsOver() {
        RunningMesh mesh = meshes.start();
        mesh.inbound().begin(HEAD);
        meshes.controlPlane.goodbye.complete(null);

        finish(drain(mesh, Duration.ofSeconds(2)));
        assertThat(mesh.inbound().active()).isOne();
    }

    @Test
    void clientsThatCannotBeToldAreNotWaitedForLongerThanSaid() {
        meshes.setup.drainPropagation(Duration.ofMillis(20));
        RunningMesh mesh = meshes.start();

        finish(drain(mesh, Duration.ofHours(1)));
        assertThat(meshes.controlPlane.goodbye).isNotDone();
    }

    @Test
    void theRegistryIsLeftOnceHoweverOftenOneDrains() {
        RunningMesh mesh = meshes.start();
        meshes.controlPlane.goodbye.complete(null);
        finish(drain(mesh, Duration.ofSeconds(1)));
        finish(CompletableFuture.runAsync(() -> mesh.drain(Duration.ofSeconds(1))));
        finish(CompletableFuture.runAsync(mesh::close));
        mesh.drain(Duration.ofSeconds(1));

        assertThat(meshes.controlPlane.heard).containsExactly("goodbye", "close");
    }

    @Test
    void whoIsStillStartingIsKnownHereAndAnnouncedWhenUp() {
        RunningMesh mesh = meshes.start();
        meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.STREAM, meshes.world.epochMillis()));
        mesh.health().down("readiness", "starting");
        mesh.health().down("cache is cold");
        mesh.listening("http", "http", 0, new InetSocketAddress("10.0.0.7", 18080));
        assertThat(mesh.servicePort(18080)).isEqualTo(9080);
        mesh.health().up("readiness");
        assertThat(meshes.controlPlane.heard)
                .containsExactly("down: starting", "down: cache is cold; starting", "down: cache is cold");

        mesh.health().up();
        mesh.health().down("readiness", "REFUSING_TRAFFIC");
        mesh.listening("http", "http", 0, new InetSocketAddress("10.0.0.7", 18081));
        assertThat(meshes.controlPlane.heard.subList(3, 7))
                .containsExactly(
                        "up",
                        "announce http 9080 at 10.0.0.7:18080",
                        "down: REFUSING_TRAFFIC",
                        "announce http 9080 at 10.0.0.7:18081");
    }
}
