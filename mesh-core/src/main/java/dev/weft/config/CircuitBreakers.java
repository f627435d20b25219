package dev.weft.config;

import org.jspecify.annotations.Nullable;

/**
 * Limits of one client process towards one cluster; {@link #UNLIMITED} means no limit, 0 refuses everything.
 *
 * @param maxConnections further requests wait
 * @param maxPendingRequests waiting for a connection; over: refused
 * @param maxRequests active attempts, HTTP/1.1 and HTTP/2; over: refused
 * @param maxRetries retries waiting or in flight; {@link #UNLIMITED} leaves the default retry budget in force
 * @param retryBudget replaces {@code maxRetries}, or null
 */
public record CircuitBreakers(
        long maxConnections,
        long maxPendingRequests,
        long maxRequests,
        long maxRetries,
        @Nullable RetryBudget retryBudget) {
    /** What Istio writes where nothing was said: 2^32 - 1. */
    public static final long UNLIMITED = 0xFFFF_FFFFL;

    /** No limit but the default retry budget. */
    public static final CircuitBreakers NONE = new CircuitBreakers(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, null);

    /**
     * A concurrency limit: max(percent of active and pending requests, minimum).
     *
     * @param percent 0 to 100
     * @param minimumConcurrency retries always allowed
     */
    public record RetryBudget(double percent, int minimumConcurrency) {}
}
