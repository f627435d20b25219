package dev.weft.control.registry;

import static dev.weft.control.registry.Instances.ids;
import static dev.weft.control.registry.Instances.reviews;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableRegistryTest {
    private final ManualWorld world = World.manual();

    @TempDir
    Path data;

    @Test
    void instancesKeepTheirPlacesOverARestartUntilTheGracePeriodEnds() throws IOException {
        fill(List.of(reviews("a", 1), reviews("b", 7).with(Health.DRAINING), reviews("c", 1)));
        try (DurableRegistry again = open()) {
            assertThat(again.registry().snapshot().instances("default", "reviews"))
                    .containsExactly(reviews("a", 1), reviews("b", 7).with(Health.DRAINING), reviews("c", 1));
            again.registry().announce(reviews("a", 1), 1);
            again.registry().announce(reviews("b", 7), 2);
            world.advance(Duration.ofSeconds(59));
            assertThat(ids(again.registry().snapshot())).containsExactly("a", "b", "c");
            world.advance(Duration.ofSeconds(2));
            assertThat(ids(again.registry().snapshot())).containsExactly("a", "b");
        }
    }

    @Test
    void restartInWhichNobodyComesBackEmptiesNoService() throws IOException {
        fill(List.of(reviews("a", 1), reviews("b", 1), reviews("c", 1)));
        try (DurableRegistry again = open()) {
            world.advance(Duration.ofHours(1));
            assertThat(ids(again.registry().snapshot())).containsExactly("a", "b", "c");
        }
    }

    @Test
    void epochsCountOverARestart() throws IOException {
        fill(List.of(reviews("a", 5)));
        try (DurableRegistry again = open()) {
            assertThat(again.registry().leave(reviews("a", 4), 1)).isEqualTo(Verdict.OUTDATED);
            assertThat(ids(again.registry().snapshot())).containsExactly("a");
        }
    }

    @Test
    void removalsAreDurableToo() throws IOException {
        fill(List.of(reviews("a", 1)));
        try (DurableRegistry again = open()) {
            again.registry().leave(reviews("a", 1), 1);
        }
        try (DurableRegistry third = open()) {
            assertThat(third.registry().snapshot().services()).isEmpty();
            assertThat(third.registry().snapshot().vacant().values())
                    .as("but the name is kept")
                    .containsExactly(List.of(reviews("a", 1)));
        }
    }

    @Test
    void damagedFileIsSetAsideAndNotBelieved() throws IOException {
        fill(List.of(reviews("a", 1)));
        Path file = data.resolve("registry.json");
        Files.writeString(file, Files.readString(file).replace("reviews", "ratings"));
        try (DurableRegistry again = open()) {
            assertThat(again.registry().snapshot().services()).isEmpty();
        }
        assertThat(data.resolve("registry.json.damaged")).exists();
    }

    @Test
    void fileThatIsNoTextIsSetAsideToo() throws IOException {
        Files.createDirectories(data);
        Files.write(data.resolve("registry.json"), new byte[] {'{', (byte) 0xff, (byte) 0xfe});
        try (DurableRegistry again = open()) {
            assertThat(again.registry().snapshot().services()).isEmpty();
        }
        assertThat(data.resolve("registry.json.damaged")).exists();
    }

    private void fill(List<Registration> instances) throws IOException {
        try (DurableRegistry first = open()) {
            for (Registration instance : instances) {
                first.registry().announce(instance, 1);
            }
        }
    }

    private DurableRegistry open() throws IOException {
        return DurableRegistry.open(world.world(), GracePeriods.DEFAULT, data);
    }
}
