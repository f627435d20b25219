package dev.weft.resilience.retry;

import dev.weft.config.RetryPolicy;
import dev.weft.runtime.Randomness;

/** Envoy's fully jittered exponential back-off. */
public final class Backoff {
    private Backoff() {}

    /**
     * Nanoseconds to wait before a retry: uniform in [0, min(base * 2^(retry-1), max)).
     *
     * @param retry 1 for the first repetition
     */
    public static long nanos(RetryPolicy policy, int retry, Randomness dice) {
        long base = Math.max(1, policy.backoffBase().toNanos());
        long max = Math.max(base, policy.backoffMax().toNanos());
        // A shift beyond the leading zeros would overflow; long before that the maximum rules.
        int doublings = Math.min(retry - 1, Long.numberOfLeadingZeros(base) - 1);
        long ceiling = Math.min(base << doublings, max);
        return Math.floorMod(dice.nextLong(), ceiling);
    }
}
