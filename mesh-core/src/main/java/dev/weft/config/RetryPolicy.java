package dev.weft.config;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When and how often an attempt is repeated.
 *
 * @param on conditions
 * @param statusCodes for {@link RetryOn#RETRIABLE_STATUS_CODES}
 * @param retries further attempts after the first, 0 or more
 * @param perTryTimeout bound of one attempt from its start, or null: the route's
 * @param backoffBase before retry N a uniform wait in [0, base * 2^(N-1)), cut at {@code backoffMax}
 * @param backoffMax at least {@code backoffBase}
 * @param avoidPreviousHosts pick again when a host was tried already
 * @param hostSelectionAttempts how many further picks that may cost
 * @param avoidPreviousPriorities every so many attempts leave out the priorities tried, 0 = never
 */
public record RetryPolicy(
        Set<RetryOn> on,
        Set<Integer> statusCodes,
        int retries,
        @Nullable Duration perTryTimeout,
        Duration backoffBase,
        Duration backoffMax,
        boolean avoidPreviousHosts,
        int hostSelectionAttempts,
        int avoidPreviousPriorities) {
    /** One attempt, no repetition. */
    public static final RetryPolicy NONE =
            new RetryPolicy(Set.of(), Set.of(), 0, null, Duration.ofMillis(25), Duration.ofMillis(250), false, 1, 0);

    public RetryPolicy {
        on = Set.copyOf(on);
        statusCodes = Set.copyOf(statusCodes);
        if (retries < 0 || hostSelectionAttempts < 0 || avoidPreviousPriorities < 0) {
            throw new IllegalArgumentException("a negative count in " + retries + ", " + hostSelectionAttempts);
        }
    }
}
