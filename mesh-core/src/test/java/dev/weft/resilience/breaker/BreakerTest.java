package dev.weft.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.CircuitBreakers.RetryBudget;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** There is room while the count is under the limit. */
final class BreakerTest {
    private static final long NO_LIMIT = CircuitBreakers.UNLIMITED;

    @Test
    void requestsUpToTheLimitAndNotOneMore() {
        Breaker breaker = new Breaker(new CircuitBreakers(NO_LIMIT, NO_LIMIT, 2, NO_LIMIT, null));

        assertThat(breaker.tryStartRequest()).isTrue();
        assertThat(breaker.tryStartRequest()).isTrue();
        assertThat(breaker.tryStartRequest()).isFalse();
        breaker.requestEnded();
        assertThat(breaker.tryStartRequest()).isTrue();
        assertThat(breaker.requests()).isEqualTo(2);
    }

    @Test
    void aLimitOfZeroRefusesEverything() {
        Breaker breaker = new Breaker(new CircuitBreakers(NO_LIMIT, NO_LIMIT, 0, 0, null));

        assertThat(breaker.tryStartRequest()).isFalse();
        assertThat(breaker.tryStartRetry()).isFalse();
    }

    @Test
    void aNewLimitHoldsForWhatComesAndNotForWhatRuns() {
        Breaker breaker = new Breaker(CircuitBreakers.NONE);
        IntStream.range(0, 5).forEach(i -> breaker.tryStartRequest());
        breaker.limits(new CircuitBreakers(NO_LIMIT, NO_LIMIT, 3, NO_LIMIT, null));

        assertThat(breaker.tryStartRequest()).isFalse();
        IntStream.range(0, 3).forEach(i -> breaker.requestEnded());
        assertThat(breaker.tryStartRequest()).isTrue();
    }

    @Test
    void aRetryBudgetIsAShareOfWhatRunsAndAtLeastItsMinimum() {
        Breaker breaker = new Breaker(new CircuitBreakers(NO_LIMIT, NO_LIMIT, NO_LIMIT, 1, new RetryBudget(20, 3)));
        assertThat(retries(breaker)).as("20 % of 0, at least 3").isEqualTo(3);

        IntStream.range(0, 29).forEach(i -> breaker.tryStartRequest());
        assertThat(retries(breaker)).as("floor(20 % of 29) = 5 are 2 more").isEqualTo(2);
    }

    @Test
    void underContentionTheLimitIsReachedAndNeverPassed() throws InterruptedException {
        Breaker breaker = new Breaker(new CircuitBreakers(NO_LIMIT, NO_LIMIT, 3, NO_LIMIT, null));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger refusedWithRoom = new AtomicInteger();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int n = 0; n < 50_000; n++) {
                    if (breaker.tryStartRequest()) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                        breaker.requestEnded();
                    } else if (inside.get() == 0 && breaker.requests() > 3) {
                        refusedWithRoom.incrementAndGet();
                    }
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most.get()).isBetween(1, 3);
        assertThat(refusedWithRoom.get())
                .as("a refusal takes no place, not even for a moment")
                .isZero();
        assertThat(breaker.requests()).isZero();
    }

    private static int retries(Breaker breaker) {
        int retries = 0;
        while (breaker.tryStartRetry()) {
            retries++;
        }
        return retries;
    }
}
