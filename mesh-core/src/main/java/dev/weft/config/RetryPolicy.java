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
 * @param hedges when the time of one try is over, the next one is sent beside it, and the first good answer wins
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
        int avoidPreviousPriorities,
        boolean hedges) {
    /** One attempt, no repetition. */
    public static final RetryPolicy NONE =
            new RetryPolicy(Set.of(), Set.of(), 0, null, Duration.ofMillis(25), Duration.ofMillis(250), false, 1, 0);

    /**
     * Istio's policy where a VirtualService says nothing of retries: two, after failures that reached no server and after gRPC's
     * {@code UNAVAILABLE} and {@code CANCELLED}, on another host if there is one.
     */
    public static final RetryPolicy ISTIO_DEFAULT = new RetryPolicy(
            Set.of(
                    RetryOn.CONNECT_FAILURE,
                    RetryOn.REFUSED_STREAM,
                    RetryOn.UNAVAILABLE,
                    RetryOn.CANCELLED,
                    RetryOn.RETRIABLE_STATUS_CODES),
            Set.of(),
            2,
            null,
            Duration.ofMillis(25),
            Duration.ofMillis(250),
            true,
            5,
            0);

    /** One attempt at a time. */
    public RetryPolicy(
            Set<RetryOn> on,
            Set<Integer> statusCodes,
            int retries,
            @Nullable Duration perTryTimeout,
            Duration backoffBase,
            Duration backoffMax,
            boolean avoidPreviousHosts,
            int hostSelectionAttempts,
            int avoidPreviousPriorities) {
        this(
                on,
                statusCodes,
                retries,
                perTryTimeout,
                backoffBase,
                backoffMax,
                avoidPreviousHosts,
                hostSelectionAttempts,
                avoidPreviousPriorities,
                false);
    }

    public RetryPolicy {
        on = Set.copyOf(on);
        statusCodes = Set.copyOf(statusCodes);
        if (retries < 0 || hostSelectionAttempts < 0 || avoidPreviousPriorities < 0) {
            throw new IllegalArgumentException("a negative count in " + retries + ", " + hostSelectionAttempts);
        }
    }

    /** This policy with another bound of one attempt. */
    public RetryPolicy withPerTryTimeout(@Nullable Duration bound) {
        return new RetryPolicy(
                on,
                statusCodes,
                retries,
                bound,
                backoffBase,
                backoffMax,
                avoidPreviousHosts,
                hostSelectionAttempts,
                avoidPreviousPriorities,
                hedges);
    }

    /** This policy, which avoids the hosts that were tried or does not. */
    public RetryPolicy withAvoidPreviousHosts(boolean avoid) {
        return new RetryPolicy(
                on,
                statusCodes,
                retries,
                perTryTimeout,
                backoffBase,
                backoffMax,
                avoid,
                hostSelectionAttempts,
                avoidPreviousPriorities,
                hedges);
    }

    /** This policy, which sends the next try beside one whose time is over, or in its place. */
    public RetryPolicy withHedges(boolean beside) {
        return beside == hedges
                ? this
                : new RetryPolicy(
                        on,
                        statusCodes,
                        retries,
                        perTryTimeout,
                        backoffBase,
                        backoffMax,
                        avoidPreviousHosts,
                        hostSelectionAttempts,
                        avoidPreviousPriorities,
                        beside);
    }
}
