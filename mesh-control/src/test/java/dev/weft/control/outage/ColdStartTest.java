package dev.weft.control.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.MeshException;
import dev.weft.MeshState;
import dev.weft.config.MeshSnapshot;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service starts while the control plane is down. */
final class ColdStartTest {
    @TempDir
    Path directory;

    private Town town;

    @BeforeEach
    void aTown() throws Exception {
        town = new Town(directory);
    }

    @AfterEach
    void allGone() throws Exception {
        town.close();
    }

    @Test
    void withACopyOnDiskItServesAtOnceAndSaysItsAge() throws Exception {
        town.startControlPlane();
        town.server("reviews");
        Path data = directory.resolve("data-productpage");
        try (Mesh earlier = town.mesh("productpage", data)) {
            Town.await("reviews is known", () -> earlier.knows("reviews:9080"));
            MeshHttpClient http = MeshHttpClient.of(earlier);
            Town.await("reviews answers", () -> Load.call(http).equals("200 reviews"));
        }
        town.stopControlPlane();

        long start = System.nanoTime();
        Mesh mesh = town.mesh("productpage", data);
        mesh.awaitReady(Town.PATIENCE);
        assertThat(Load.call(MeshHttpClient.of(mesh))).isEqualTo("200 reviews");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("served from disk after " + took.toMillis() + " ms, configuration "
                + mesh.configuration().age().toMillis() + " ms old");

        assertThat(mesh.state()).isEqualTo(MeshState.STALE);
        assertThat(mesh.configuration().source()).isEqualTo(MeshSnapshot.Source.DISK);
        assertThat(mesh.configuration().age()).isPositive();
    }

    @Test
    void withoutOneItSaysWhatIsMissingAndSendsNothing() {
        Mesh mesh = town.mesh("productpage", directory.resolve("empty"));

        assertThatThrownBy(() -> mesh.awaitReady(Duration.ofSeconds(1)))
                .isInstanceOf(MeshException.NotReady.class)
                .hasMessageStartingWith("not ready after 1 s: configuration: 127.0.0.1:")
                .hasMessageEndingWith("disk none");
        try (MeshResponse response = MeshHttpClient.of(mesh).get("http://reviews:9080/")) {
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("x-mesh-flags")).isEqualTo("NC");
            assertThat(response.header("x-mesh-reason")).contains("no configuration (NC) within 5 s: 127.0.0.1:");
        }
        assertThat(mesh.state()).isEqualTo(MeshState.STARTING);
    }
}
