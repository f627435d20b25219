package dev.weft.control.registry;

import static dev.weft.control.registry.Instances.ids;
import static dev.weft.control.registry.Instances.reviews;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RegistryTest {
    private final ManualWorld world = World.manual();
    private final Registry registry = new Registry(world.world(), GracePeriods.DEFAULT);

    @Test
    void listenersSeeEachChangeInOrderAndRepetitionIsNoChange() {
        List<Long> revisions = new ArrayList<>();
        registry.onChange(snapshot -> revisions.add(snapshot.revision()));
        registry.announce(reviews("b", 1), 1);
        registry.announce(reviews("a", 1), 2);
        registry.announce(reviews("a", 1), 2);
        assertThat(revisions).containsExactly(0L, 1L, 2L);
        assertThat(ids(registry.snapshot())).containsExactly("a", "b");
    }

    @Test
    void healthIsKeptWithItsReason() {
        registry.announce(reviews("a", 1), 1);
        registry.announce(reviews("a", 1).with(Health.unhealthy("database away")), 1);
        assertThat(registry.snapshot().instances("default", "reviews"))
                .singleElement()
                .satisfies(instance -> assertThat(instance.health()).isEqualTo(Health.unhealthy("database away")));
    }

    @Test
    void instanceThatChangesItsServiceIsInOneServiceOnly() {
        registry.announce(reviews("a", 1), 1);
        Registration moved = reviews("a", 2);
        moved = new Registration(
                "a", 2, "default", "ratings", "", moved.labels(), moved.locality(), moved.ports(), Health.HEALTHY);
        registry.announce(moved, 2);
        assertThat(registry.snapshot().services()).containsOnlyKeys(moved.serviceKey());
    }

    @Test
    void goodbyeRemovesAtOnce() {
        registry.announce(reviews("a", 1), 1);
        assertThat(registry.leave(reviews("a", 1), 1)).isEqualTo(Verdict.ACCEPTED);
        assertThat(registry.snapshot().services()).isEmpty();
    }

    @Test
    void theNameOfAServiceThatNobodyServesAnyMoreIsKeptForADay() {
        registry.announce(reviews("a", 1), 1);
        registry.leave(reviews("a", 1), 1);
        assertThat(registry.snapshot().vacant().values()).containsExactly(List.of(reviews("a", 1)));

        registry.announce(reviews("b", 1), 2);
        assertThat(registry.snapshot().vacant()).as("somebody serves it again").isEmpty();
        registry.leave(reviews("b", 1), 2);
        world.advance(Duration.ofHours(23));
        assertThat(registry.snapshot().vacant()).hasSize(1);
        world.advance(Duration.ofHours(2));
        assertThat(registry.snapshot().vacant()).isEmpty();
    }

    @Test
    void aPureClientLeavesNoNameBehind() {
        Registration serving = reviews("a", 1);
        Registration client = new Registration(
                "a", 1, "default", "shell", "", serving.labels(), serving.locality(), List.of(), Health.HEALTHY);
        registry.announce(client, 1);
        registry.leave(client, 1);

        assertThat(registry.snapshot().vacant()).isEmpty();
    }

    @Test
    void lateGoodbyeOfAnOlderEpochRemovesNothing() {
        registry.announce(reviews("a", 1), 1);
        registry.announce(reviews("a", 2), 2);
        assertThat(registry.leave(reviews("a", 1), 3)).isEqualTo(Verdict.OUTDATED);
        assertThat(ids(registry.snapshot())).containsExactly("a");
    }

    @Test
    void lateGoodbyeOfAnOlderConnectionRemovesNothing() {
        registry.announce(reviews("a", 1), 1);
        registry.announce(reviews("a", 1), 2);
        assertThat(registry.leave(reviews("a", 1), 1)).isEqualTo(Verdict.OUTDATED);
        assertThat(ids(registry.snapshot())).containsExactly("a");
    }

    @Test
    void olderEpochOrConnectionDoesNotOverwrite() {
        registry.announce(reviews("a", 2), 2);
        assertThat(registry.announce(reviews("a", 1), 3)).isEqualTo(Verdict.OUTDATED);
        assertThat(registry.announce(reviews("a", 2).with(Health.DRAINING), 1)).isEqualTo(Verdict.OUTDATED);
        assertThat(registry.snapshot().instances("default", "reviews")).containsExactly(reviews("a", 2));
    }

    @Test
    void lostInstanceKeepsItsPlaceForTheGracePeriod() {
        threeOfReviews();
        registry.connectionLost(reviews("a", 1).key(), 1, 1);
        world.advance(Duration.ofSeconds(29));
        assertThat(ids(registry.snapshot())).containsExactly("a", "b", "c");
        world.advance(Duration.ofSeconds(2));
        assertThat(ids(registry.snapshot())).containsExactly("b", "c");
    }

    @Test
    void instanceThatComesBackInTimeStays() {
        threeOfReviews();
        registry.connectionLost(reviews("a", 1).key(), 1, 1);
        world.advance(Duration.ofSeconds(10));
        registry.announce(reviews("a", 1), 4);
        world.advance(Duration.ofMinutes(5));
        assertThat(ids(registry.snapshot())).containsExactly("a", "b", "c");
        assertThat(world.pendingTimers()).isZero();
    }

    @Test
    void lossOfAnOldConnectionStartsNoGracePeriod() {
        threeOfReviews();
        registry.announce(reviews("a", 1), 4);
        registry.connectionLost(reviews("a", 1).key(), 1, 1);
        world.advance(Duration.ofMinutes(5));
        assertThat(ids(registry.snapshot())).containsExactly("a", "b", "c");
    }

    private void threeOfReviews() {
        registry.announce(reviews("a", 1), 1);
        registry.announce(reviews("b", 1), 2);
        registry.announce(reviews("c", 1), 3);
    }
}
