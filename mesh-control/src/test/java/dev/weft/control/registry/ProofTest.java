package dev.weft.control.registry;

import static dev.weft.control.registry.Instances.ids;
import static dev.weft.control.registry.Instances.proven;
import static dev.weft.control.registry.Instances.reviews;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose word counts for whom. */
final class ProofTest {
    private final ManualWorld world = World.manual();
    private final Registry registry = new Registry(world.world(), GracePeriods.DEFAULT);

    @Test
    void onlyTheAccountThatProvedAnInstanceSpeaksForItAlsoWhileItIsAway() {
        registry.announce(proven(reviews("a", 1), "reviews"), 1);
        registry.connectionLost(reviews("a", 1).key(), 1, 1);

        assertThat(registry.announce(proven(reviews("a", 9), "ratings"), 2)).isEqualTo(Verdict.FOREIGN);
        assertThat(registry.announce(reviews("a", 9), 3)).isEqualTo(Verdict.FOREIGN);
        assertThat(registry.leave(proven(reviews("a", 9), "ratings"), 4)).isEqualTo(Verdict.FOREIGN);
        assertThat(registry.leave(reviews("a", 9), 5)).isEqualTo(Verdict.FOREIGN);
        assertThat(registry.announce(proven(reviews("a", 2), "reviews"), 6)).isEqualTo(Verdict.ACCEPTED);
        assertThat(registry.leave(proven(reviews("a", 2), "reviews"), 6)).isEqualTo(Verdict.ACCEPTED);
        assertThat(ids(registry.snapshot())).isEmpty();
    }

    @Test
    void proofOutranksWhatWasOnlySaidWhateverItsEpoch() {
        registry.announce(reviews("a", 9), 7);

        assertThat(registry.announce(proven(reviews("a", 1), "reviews"), 8)).isEqualTo(Verdict.ACCEPTED);
        assertThat(registry.announce(reviews("a", 10), 9)).isEqualTo(Verdict.FOREIGN);
    }

    @Test
    void unprovenInstancesStayWhenProvenOnesComeAndNoNewOnesAreLetIn() {
        registry.announce(reviews("a", 1), 1);
        registry.announce(proven(reviews("b", 1), "reviews"), 2);

        assertThat(registry.announce(reviews("a", 1).with(Health.DRAINING), 1)).isEqualTo(Verdict.ACCEPTED);
        assertThat(registry.announce(reviews("c", 1), 3)).isEqualTo(Verdict.FOREIGN);
        assertThat(ids(registry.snapshot())).containsExactly("a", "b");
    }

    @Test
    void unprovenInstanceOfAnotherServiceDoesNotMoveInAmongProvenOnes() {
        registry.announce(proven(reviews("a", 1), "reviews"), 1);
        Registration decoy = reviews("thief", 1);
        Registration elsewhere = new Registration(
                "thief", 1, "default", "decoy", "", decoy.labels(), decoy.locality(), decoy.ports(), Health.HEALTHY);
        assertThat(registry.announce(elsewhere, 2)).isEqualTo(Verdict.ACCEPTED);

        assertThat(registry.announce(decoy, 2)).isEqualTo(Verdict.FOREIGN);
        assertThat(ids(registry.snapshot())).containsExactly("a");
    }

    @Test
    void anotherAccountOfTheNamespaceMayServeTheSameService() {
        registry.announce(proven(reviews("a", 1), "reviews"), 1);

        assertThat(registry.announce(proven(reviews("b", 1), "reviews-canary"), 2))
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void proofSurvivesARestart(@TempDir Path data) throws IOException {
        try (DurableRegistry first = DurableRegistry.open(world.world(), GracePeriods.DEFAULT, data)) {
            first.registry().announce(proven(reviews("a", 1), "reviews"), 1);
        }
        try (DurableRegistry second = DurableRegistry.open(world.world(), GracePeriods.DEFAULT, data)) {
            assertThat(second.registry().announce(reviews("a", 9), 1)).isEqualTo(Verdict.FOREIGN);
            assertThat(second.registry().announce(proven(reviews("a", 9), "reviews"), 1))
                    .isEqualTo(Verdict.ACCEPTED);
        }
    }
}
