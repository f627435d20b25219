package dev.weft.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a host is chosen. */
public sealed interface LoadBalancingPolicy {

    /**
     * Growing weight for hosts that have just appeared.
     *
     * @param window how long
     * @param aggression above 0; 1 is linear
     * @param minPercent weight at the start, 0 to 100
     */
    record SlowStart(Duration window, double aggression, double minPercent) {}

    /** In turn, by weight. */
    record RoundRobin(@Nullable SlowStart slowStart) implements LoadBalancingPolicy {}

    /**
     * Fewest active requests of {@code choices} draws; by weight and activity when weights differ.
     *
     * @param choices 2 or more
     * @param bias exponent of the active requests, 0 or more
     */
    record LeastRequest(int choices, double bias, @Nullable SlowStart slowStart) implements LoadBalancingPolicy {}

    /** Uniform. */
    record Random() implements LoadBalancingPolicy {}

    /** Consistent hashing on a ring. */
    record RingHash(long minimumSize, long maximumSize, boolean useHostname) implements LoadBalancingPolicy {}

    /** Consistent hashing by Maglev's table. */
    record Maglev(int tableSize, boolean useHostname) implements LoadBalancingPolicy {}
}
