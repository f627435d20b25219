package dev.weft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final ManualWorld world = World.manual();
    private final Backoff backoff = new Backoff(world);

    @Test
    void theBoundDoublesFromOneSecondToThirty() {
        long[] bounds = {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
        for (long bound : bounds) {
            world.dice(bound - 1);
            assertThat(backoff.next()).isEqualTo(Duration.ofMillis(bound));
        }
    }

    @Test
    void aWaitIsAnythingBelowTheBound() {
        world.dice(0);
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void aGoodStreamBringsItBackToTheBeginning() {
        for (int i = 0; i < 40; i++) {
            backoff.next();
        }
        backoff.reset();

        world.dice(999);
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
    }
}
