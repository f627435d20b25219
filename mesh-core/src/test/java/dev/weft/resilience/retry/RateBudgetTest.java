package dev.weft.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A fifth of the requests of ten seconds, and ten each second. */
final class RateBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aTrickleHasTenRetriesASecond() {
        RateBudget budget = new RateBudget(0);

        assertThat(retries(budget, 0)).isEqualTo(10);
        assertThat(retries(budget, SECOND / 2)).isEqualTo(5);
        assertThat(retries(budget, 9 * SECOND)).as("they are not saved up").isEqualTo(10);
    }

    @Test
    void requestsPayForAFifthOfTheirNumberForTenSeconds() {
        RateBudget budget = new RateBudget(0);
        requests(budget, 1_000, 0);

        assertThat(retries(budget, 0)).isEqualTo(200 + 10);
        assertThat(retries(budget, 9 * SECOND)).as("spent already").isEqualTo(10);
        requests(budget, 100, 10 * SECOND);
        assertThat(retries(budget, 10 * SECOND))
                .as("the first second is over and out")
                .isEqualTo(20 + 10);
    }

    @Test
    void requestsOfMoreThanTenSecondsAgoPayForNothing() {
        RateBudget budget = new RateBudget(0);
        requests(budget, 1_000, 0);

        assertThat(retries(budget, 10 * SECOND)).isEqualTo(10);
        assertThat(retries(budget, 1_000 * SECOND)).isEqualTo(10);
    }

    @Test
    void underContentionEverythingIsSpentAndNothingTwice() throws InterruptedException {
        RateBudget budget = new RateBudget(0);
        AtomicInteger granted = new AtomicInteger();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                requests(budget, 5_000, SECOND);
                for (int n = 0; n < 5_000; n++) {
                    if (budget.tryRetry(SECOND)) {
                        granted.incrementAndGet();
                    }
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        granted.addAndGet(retries(budget, SECOND));

        assertThat(granted.get()).isEqualTo(4_000 + 10);
    }

    /** Each step: milliseconds later, so many requests, and as many retries as there can be. */
    @Property
    void noWindowIsEverOverspent(
            @ForAll @Size(max = 60) List<@IntRange(max = 30_000) Integer> steps,
            @ForAll @Size(min = 60, max = 60) List<@IntRange(max = 400) Integer> requests) {
        RateBudget budget = new RateBudget(0);
        List<long[]> spent = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < steps.size(); i++) {
            now += steps.get(i) % 3 == 0 ? steps.get(i) * 1_000_000L : steps.get(i) * 10_000L;
            requests(budget, requests.get(i), now);
            spent.add(new long[] {now, requests.get(i), retries(budget, now)});
        }
        for (int from = 0; from < spent.size(); from++) {
            long retries = 0;
            for (int to = from; to < spent.size(); to++) {
                retries += spent.get(to)[2];
                long start = spent.get(from)[0];
                long end = spent.get(to)[0];
                long paying = spent.stream()
                        .filter(step -> step[0] / SECOND > start / SECOND - 10 && step[0] <= end)
                        .mapToLong(step -> step[1])
                        .sum();
                double fixed = 10 * (1 + (end - start) / (double) SECOND);
                assertThat((double) retries).isLessThanOrEqualTo(paying * 0.2 + fixed + 1e-6);
            }
        }
    }

    private static void requests(RateBudget budget, int count, long now) {
        for (int i = 0; i < count; i++) {
            budget.requestStarted(now);
        }
    }

    private static int retries(RateBudget budget, long now) {
        int retries = 0;
        while (budget.tryRetry(now)) {
            retries++;
        }
        return retries;
    }
}
