package dev.weft.http.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PatienceTest {
    private static final Duration WHOLE = Duration.ofSeconds(10);

    private final ManualWorld world = World.manual();
    private final List<Duration> late = new ArrayList<>();
    private final Patience patience = new Patience(world, WHOLE, late::add);

    @Test
    void itBeginsWhenTheRequestHasBeenSentAndNotBefore() {
        world.advance(Duration.ofHours(1));
        assertThat(late).as("an upload may take its time").isEmpty();
        patience.begin();
        world.advance(WHOLE);
        assertThat(late).containsExactly(WHOLE);
    }

    @Test
    void eachAttemptHasAllOfIt() {
        patience.begin();
        world.advance(WHOLE.minusSeconds(1));
        patience.begin();
        world.advance(WHOLE.minusSeconds(1));
        assertThat(late).isEmpty();
        world.advance(Duration.ofSeconds(1));
        assertThat(late).containsExactly(WHOLE);
    }

    @Test
    void afterTheAnswerNobodyWaits() {
        patience.begin();
        patience.end();
        patience.begin();
        world.advance(WHOLE);
        assertThat(late).isEmpty();
        assertThat(world.pendingTimers()).isZero();
    }

    @Test
    void withoutALimitThereIsNoTimer() {
        new Patience(world, null, late::add).begin();
        assertThat(world.pendingTimers()).isZero();
    }
}
