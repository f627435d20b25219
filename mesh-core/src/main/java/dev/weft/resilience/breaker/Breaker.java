package dev.weft.resilience.breaker;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.CircuitBreakers.RetryBudget;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what runs towards a cluster, over all routes and configurations: attempts, and retries that wait for their back-off or
 * run. Envoy's arithmetic: there is room while the count is under the limit, so a limit of 0 refuses everything. Any thread.
 */
public final class Breaker {
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();

    // Written by the control thread when the cluster's limits change; what runs already is not taken back.
    private volatile CircuitBreakers limits;

    public Breaker(CircuitBreakers limits) {
        this.limits = limits;
    }

    public CircuitBreakers limits() {
        return limits;
    }

    /** From now on; control thread. */
    public void limits(CircuitBreakers newer) {
        limits = newer;
    }

    /** Attempts that run, mirrors included. */
    public int requests() {
        return requests.get();
    }

    /** Retries that wait or run. */
    public int retries() {
        return retries.get();
    }

    /** Takes a place for an attempt, to be given back with {@link #requestEnded}. False: there is none. */
    public boolean tryStartRequest() {
        return tryIncrement(requests, limits.maxRequests());
    }

    public void requestEnded() {
        requests.decrementAndGet();
    }

    /** Takes a place for a retry, from the decision to its outcome, to be given back with {@link #retryEnded}. */
    public boolean tryStartRetry() {
        return tryIncrement(retries, retryLimit());
    }

    public void retryEnded() {
        retries.decrementAndGet();
    }

    private long retryLimit() {
        CircuitBreakers current = limits;
        RetryBudget budget = current.retryBudget();
        if (budget == null) {
            return current.maxRetries();
        }
        // Attempts that wait for a connection are among the requests counted here, as the budget wants them.
        return Math.max((long) (budget.percent() / 100 * requests.get()), budget.minimumConcurrency());
    }

    private static boolean tryIncrement(AtomicInteger count, long limit) {
        // Not increment-and-look: a refused one would for a moment stand in the way of others.
        int now = count.get();
        while (now < limit) {
            int seen = count.compareAndExchange(now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }
}
