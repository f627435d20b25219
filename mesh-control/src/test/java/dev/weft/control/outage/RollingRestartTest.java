package dev.weft.control.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.MeshState;
import dev.weft.http.MeshHttpClient;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances come and go under load, one after the other, as in a roll-out. */
final class RollingRestartTest {
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
    void noCallFails() throws Exception {
        Deque<Town.Instance> instances = new ArrayDeque<>();
        instances.add(town.server("reviews"));
        instances.add(town.server("reviews"));
        Mesh caller = town.mesh("productpage", directory.resolve("data-productpage"));
        MeshHttpClient http = MeshHttpClient.of(caller);
        Town.await("reviews answers", () -> Load.call(http).equals("200 reviews"));
        Load load = new Load(http).start();

        for (int round = 0; round < 2; round++) {
            Town.Instance fresh = town.server("reviews");
            Town.await("the new one is ready", () -> fresh.mesh().state() == MeshState.READY);
            instances.add(fresh);
            load.goesOn();
            instances.remove().stop().close();
            load.goesOn();
        }
        load.stop();

        System.out.println("2 instances replaced: " + load);
        assertThat(load.bad()).isEmpty();
    }
}
