package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.MeshSnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a configuration is worth while the control plane is away. */
final class OfflineTest {
    private final Meshes meshes = new Meshes();

    private RunningMesh startedAt(long acceptedMillis) {
        RunningMesh mesh = meshes.start();
        meshes.controlPlane.deliver(Meshes.from(MeshSnapshot.Source.DISK, acceptedMillis));
        return mesh;
    }

    @Test
    void anyAgeIsServedUnlessSaid() {
        assertThat(startedAt(1).knows("reviews:9080")).isTrue();
    }

    @Test
    void withinItsTimeItIsServedAndThenNot() {
        meshes.setup.whenOffline(Offline.serveFor(Duration.ofMinutes(10)));
        RunningMesh mesh =
                startedAt(meshes.world.epochMillis() - Duration.ofMinutes(9).toMillis());
        assertThat(mesh.knows("reviews:9080")).isTrue();

        meshes.world.advance(Duration.ofMinutes(1));
        assertThat(mesh.knows("reviews:9080")).isFalse();
        assertThat(mesh.outbound().takes("elsewhere.example", "http")).isTrue();
        assertThat(mesh.state()).isEqualTo(MeshState.STARTING);
    }

    @Test
    void tooOldAtTheStartIsNotReadyAndSaysSo() {
        meshes.setup.whenOffline(Offline.serveFor(Duration.ofHours(12)));
        RunningMesh mesh =
                startedAt(meshes.world.epochMillis() - Duration.ofDays(3).toMillis());

        assertThat(mesh.state()).isEqualTo(MeshState.STARTING);
        assertThat(mesh.explain("GET", "http://reviews:9080/", java.util.Map.of())
                        .toString())
                .contains("no configuration");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> mesh.awaitReady(Duration.ofMillis(1)))
                .hasMessageContaining("last configuration 3 d old where at most 12 h is served");
    }

    @Test
    void theControlPlanesWordMakesItGoodAgain() {
        meshes.setup.whenOffline(Offline.serveFor(Duration.ofMinutes(10)));
        RunningMesh mesh = startedAt(meshes.world.epochMillis());
        meshes.world.advance(Duration.ofMinutes(11));
        assertThat(mesh.knows("reviews:9080")).isFalse();

        meshes.controlPlane.connected(meshes.world.epochMillis());
        assertThat(mesh.knows("reviews:9080")).isTrue();
        assertThat(mesh.state()).isEqualTo(MeshState.READY);
    }

    @Test
    void whileConnectedNothingIsTooOld() {
        meshes.setup.whenOffline(Offline.serveFor(Duration.ofMinutes(10)));
        meshes.controlPlane.connected(1);
        RunningMesh mesh = startedAt(1);
        meshes.world.advance(Duration.ofHours(10));
        assertThat(mesh.knows("reviews:9080")).isTrue();

        meshes.controlPlane.lost(meshes.world.epochMillis());
        assertThat(mesh.knows("reviews:9080")).isTrue();
        meshes.world.advance(Duration.ofMinutes(10));
        assertThat(mesh.knows("reviews:9080")).isFalse();
    }

    @Test
    void whatIsTooOldLeavesCallsUnmeshedWhereThatWasSaid() {
        meshes.setup
                .trust(Trust.none())
                .whenUnconfigured(Unconfigured.passThrough())
                .whenOffline(Offline.serveFor(Duration.ofMinutes(10)));
        RunningMesh mesh = startedAt(meshes.world.epochMillis());
        assertThat(mesh.knows("reviews:9080")).isTrue();

        meshes.world.advance(Duration.ofMinutes(10));
        assertThat(mesh.knows("reviews:9080")).isFalse();
        assertThat(mesh.outbound().takes("reviews:9080", "http")).isFalse();
    }

    @Test
    void callsPassUnmeshedOnlyWhereThatWasSaid() {
        meshes.setup.trust(Trust.none()).whenUnconfigured(Unconfigured.passThrough());
        RunningMesh mesh = meshes.start();
        assertThat(mesh.state()).isEqualTo(MeshState.STARTING);
        assertThat(mesh.explain("GET", "http://reviews:9080/", java.util.Map.of())
                        .toString())
                .doesNotContain("no configuration");

        meshes.controlPlane.deliver(Meshes.REVIEWS);
        assertThat(mesh.knows("reviews:9080")).isTrue();
    }
}
