package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.RouteAction;
import dev.weft.config.SnapshotSource;
import dev.weft.config.Snapshots;
import dev.weft.config.StaticSource;
import dev.weft.config.StringMatch;
import dev.weft.engine.Explanation;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The mesh that a unit test can have: no control plane, no socket, no clock, nothing but what the test says. */
final class InMemoryMeshTest {
    private static final RouteAction.Forward SPLIT =
            Snapshots.forward(List.of(Snapshots.weighted("v1", 50), Snapshots.weighted("v3", 50)));

    private static final MeshSnapshot CANARY = Snapshots.empty()
            .host(
                    "reviews",
                    9080,
                    Snapshots.route(
                            Snapshots.header("end-user", new StringMatch.Exact("jason", false)),
                            Snapshots.forward("v2")),
                    Snapshots.route(Snapshots.prefix("/"), SPLIT))
            .cluster(Snapshots.cluster("v1"), "10.0.0.1:80")
            .cluster(Snapshots.cluster("v2"), "10.0.0.2:80")
            .cluster(Snapshots.cluster("v3"), "10.0.0.3:80")
            .snapshot();

    private final ManualWorld world = World.manual();
    private final StaticSource source = SnapshotSource.of(CANARY);

    private Mesh mesh() {
        return Mesh.builder()
                .service("productpage")
                .snapshots(source)
                .world(world.world())
                .meterRegistry(new SimpleMeterRegistry())
                .ignoreEnvironment()
                .start();
    }

    @Test
    void itIsReadyAtOnceAndKnowsItsHosts() {
        try (Mesh mesh = mesh()) {
            assertThat(mesh.state()).isEqualTo(MeshState.READY);
            mesh.awaitReady(Duration.ofSeconds(10));
            assertThat(mesh.ready().toCompletableFuture()).isCompletedWithValue(mesh);
            assertThat(mesh.knows("reviews:9080")).isTrue();
            assertThat(mesh.knows("weather.example")).isFalse();
            assertThat(mesh.configuration())
                    .returns("test", MeshConfiguration::version)
                    .returns(MeshSnapshot.Source.STATIC, MeshConfiguration::source)
                    .returns(Duration.ZERO, MeshConfiguration::age);
        }
    }

    @Test
    void aRouteIsExplainedWithoutACall() {
        try (Mesh mesh = mesh()) {
            Explanation jason = mesh.explain("GET", "http://reviews:9080/1", Map.of("end-user", "jason"));
            assertThat(jason.toString()).contains("v2");
        }
    }

    @Test
    void diceAreTheTests() {
        try (Mesh mesh = mesh()) {
            world.dice(0);
            assertThat(mesh.explain("GET", "http://reviews:9080/1", Map.of()).toString())
                    .contains("v1");
            world.dice(99);
            assertThat(mesh.explain("GET", "http://reviews:9080/1", Map.of()).toString())
                    .contains("v3");
        }
    }

    @Test
    void aNewSnapshotIsInForceWhenSetReturns() {
        try (Mesh mesh = mesh()) {
            source.set(Snapshots.empty().service("ratings", 9080, "10.0.0.4:80").snapshot());
            assertThat(mesh.knows("ratings:9080")).isTrue();
            assertThat(mesh.knows("reviews:9080")).isFalse();
        }
    }

    @Test
    void closingItWithDeclaredPortsDoesNotWaitForATimeThatStandsStill() {
        Mesh mesh = Mesh.builder()
                .service("reviews")
                .port(9080)
                .snapshots(source)
                .world(world.world())
                .meterRegistry(new SimpleMeterRegistry())
                .ignoreEnvironment()
                .start();
        mesh.close();

        assertThat(mesh.state()).isEqualTo(MeshState.CLOSED);
    }

    @Test
    void severalMeshesLiveSideBySide() {
        StaticSource other = SnapshotSource.of(
                Snapshots.empty().service("ratings", 9080, "10.0.0.4:80").snapshot());
        try (Mesh one = mesh();
                Mesh two = Mesh.builder()
                        .service("details")
                        .snapshots(other)
                        .ignoreEnvironment()
                        .start()) {
            assertThat(one.knows("ratings:9080")).isFalse();
            assertThat(two.knows("ratings:9080")).isTrue();
            one.close();
            assertThat(two.state()).isEqualTo(MeshState.READY);
        }
    }

    @Test
    void nothingFromOutsideCounts() {
        String before = System.setProperty("mesh.service", "from-outside");
        try {
            assertThatThrownBy(() ->
                            Mesh.builder().snapshots(source).ignoreEnvironment().start())
                    .isInstanceOf(MeshException.Configuration.class)
                    .hasMessageContaining("service         not set");
            try (Mesh mesh = Mesh.builder().snapshots(source).start()) {
                assertThat(mesh.origins()).contains("service = from-outside, from -Dmesh.service");
            }
        } finally {
            if (before == null) {
                System.clearProperty("mesh.service");
            } else {
                System.setProperty("mesh.service", before);
            }
        }
    }

    @Test
    void aUrlThatIsNoneIsSaid() {
        try (Mesh mesh = mesh()) {
            assertThatThrownBy(() -> mesh.explain("GET", "reviews/1", Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`reviews/1`");
            assertThatThrownBy(() -> mesh.explain("GET", "http://:80/1", Map.of()))
                    .hasMessageContaining("a host was expected");
            assertThat(mesh.explain("GET", "HTTP://reviews:9080?q=1#f", Map.of("end-user", "jason"))
                            .toString())
                    .contains("v2");
        }
    }
}
