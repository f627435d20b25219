package dev.weft.control.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.MeshState;
import dev.weft.http.MeshHttpClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control plane is killed under load and comes back: no call may notice. */
final class ControlPlaneAwayTest {
    /** Seconds; minutes are for those who set {@code -Dweft.outage=180}. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("weft.outage", 2));

    @TempDir
    Path directory;

    private Town town;

    @BeforeEach
    void aTown() throws Exception {
        town = new Town(directory);
        town.startControlPlane();
    }

    @AfterEach
    void allGone() throws Exception {
        town.close();
    }

    @Test
    void noCallFailsTheConfigurationStaysAndTheStreamComesBack() throws Exception {
        Mesh reviews = town.server("reviews").mesh();
        Mesh caller = town.mesh("productpage", directory.resolve("data-productpage"));
        caller.awaitReady(Town.PATIENCE);
        Town.await("reviews is known", () -> caller.knows("reviews:9080"));
        MeshHttpClient http = MeshHttpClient.of(caller);
        Town.await("reviews answers", () -> Load.call(http).equals("200 reviews"));
        Load load = new Load(http).start();

        String version = caller.configuration().version();
        town.stopControlPlane();
        Town.await("the loss is seen", () -> caller.state() == MeshState.STALE);
        long before = System.nanoTime();
        Town.await(
                "the outage is over", OUTAGE.plus(Town.PATIENCE), () -> System.nanoTime() - before > OUTAGE.toNanos());
        assertThat(caller.configuration().version()).isEqualTo(version);
        assertThat(caller.configuration().age()).isGreaterThan(OUTAGE.minusSeconds(1));

        town.startControlPlane();
        long back = System.nanoTime();
        Town.await(
                "both are connected again",
                () -> caller.state() == MeshState.READY && reviews.state() == MeshState.READY);
        Duration took = Duration.ofNanos(System.nanoTime() - back);
        load.goesOn();
        load.stop();

        System.out.println("control plane away for " + OUTAGE + ": " + load + "; connected again after "
                + took.toMillis() + " ms");
        assertThat(load.bad()).isEmpty();
    }
}
