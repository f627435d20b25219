package dev.weft.runtime;

import java.time.Duration;

/**
 * Waits between attempts to reach a control plane: exponential from 1 s to 30 s, with full jitter so that a crowd spreads out. Not
 * thread-safe.
 */
public final class Backoff {
    private static final long FIRST_MILLIS = 1_000;
    /** A control plane that returns is found within this time. */
    private static final long LONGEST_MILLIS = 30_000;

    private final Randomness dice;
    private int failures;

    public Backoff(Randomness dice) {
        this.dice = dice;
    }

    /** The next wait, uniform between nothing and a bound that doubles each time. */
    public Duration next() {
        long bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
        failures++;
        return Duration.ofMillis(dice.nextInt((int) bound) + 1L);
    }

    /** Begins with the shortest wait again. */
    public void reset() {
        failures = 0;
    }
}
