package dev.weft.control.registry;

import static dev.weft.control.registry.Instances.ids;
import static dev.weft.control.registry.Instances.reviews;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MassExpiryTest {
    private final ManualWorld world = World.manual();
    private final Registry registry = new Registry(world.world(), GracePeriods.DEFAULT);

    @Test
    void moreThanHalfOfAServiceAreNotRemovedTogether() {
        register("a", "b", "c");
        lose("a", 1);
        lose("b", 2);
        world.advance(Duration.ofHours(1));
        assertThat(ids(registry.snapshot())).containsExactly("a", "b", "c");
    }

    @Test
    void halfOfAServiceIsRemoved() {
        register("a", "b", "c", "d");
        lose("a", 1);
        lose("b", 2);
        world.advance(Duration.ofSeconds(31));
        assertThat(ids(registry.snapshot())).containsExactly("c", "d");
    }

    @Test
    void lossesThatFollowEachOtherWithinTheWindowCountTogether() {
        register("a", "b", "c");
        lose("a", 1);
        world.advance(Duration.ofSeconds(31));
        lose("b", 2);
        world.advance(Duration.ofSeconds(31));
        assertThat(ids(registry.snapshot())).containsExactly("b", "c");
    }

    @Test
    void lossesFarApartAreSingleLosses() {
        register("a", "b", "c");
        lose("a", 1);
        world.advance(Duration.ofMinutes(5));
        lose("b", 2);
        world.advance(Duration.ofMinutes(5));
        assertThat(ids(registry.snapshot())).containsExactly("c");
    }

    @Test
    void heldInstancesGoWhenOthersHaveTakenTheirPlace() {
        register("a");
        lose("a", 1);
        world.advance(Duration.ofMinutes(5));
        assertThat(ids(registry.snapshot())).containsExactly("a");
        registry.announce(reviews("b", 1), 9);
        world.advance(Duration.ofSeconds(31));
        assertThat(ids(registry.snapshot())).containsExactly("b");
    }

    @Test
    void heldInstancesGetAGracePeriodOnceTheOthersAreBack() {
        register("a", "b");
        lose("a", 1);
        lose("b", 2);
        world.advance(Duration.ofMinutes(5));
        registry.announce(reviews("b", 1), 9);
        world.advance(Duration.ofSeconds(20));
        assertThat(ids(registry.snapshot())).containsExactly("a", "b");
        registry.announce(reviews("a", 1), 10);
        world.advance(Duration.ofMinutes(5));
        assertThat(ids(registry.snapshot())).containsExactly("a", "b");
    }

    private void register(String... ids) {
        for (int i = 0; i < ids.length; i++) {
            registry.announce(reviews(ids[i], 1), i + 1);
        }
    }

    private void lose(String id, long connection) {
        registry.connectionLost(reviews(id, 1).key(), 1, connection);
    }
}
