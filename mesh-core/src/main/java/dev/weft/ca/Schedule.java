package dev.weft.ca;

import dev.weft.identity.Identity;
import dev.weft.runtime.Backoff;
import dev.weft.runtime.Randomness;
import java.time.Duration;

/** When the authority is asked again. Not thread-safe. */
final class Schedule {
    /** How long a refused token is left alone, if nobody replaces it. */
    static final Duration PARKED = Duration.ofMinutes(5);

    /** How often it is looked whether somebody has. */
    static final Duration LOOK = Duration.ofSeconds(15);

    private static final long SHORTEST_MILLIS = 1_000;

    private final Randomness dice;
    private final Backoff backoff;

    Schedule(Randomness dice) {
        this.dice = dice;
        this.backoff = new Backoff(dice);
    }

    /**
     * Half of what is left of a new certificate, give or take a twentieth so that what started together does not renew together. What
     * has passed already counts for nothing: authorities let certificates begin some minutes early.
     */
    Duration renewal(Identity identity, long nowMillis) {
        long left = identity.svid().expiry().toEpochMilli() - nowMillis;
        long jitter = left / 1000 * (dice.nextInt(101) - 50);
        return Duration.ofMillis(Math.max(SHORTEST_MILLIS, left / 2 + jitter));
    }

    Duration retry() {
        return backoff.next();
    }

    void reset() {
        backoff.reset();
    }
}
