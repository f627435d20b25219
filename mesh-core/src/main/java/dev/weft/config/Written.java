package dev.weft.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which bounds of a route its author wrote, and where. What he did not write is a default, and a client's own declaration comes
 * before it.
 *
 * @param timeout of the whole call; null: nobody wrote it
 * @param retries whether and when to repeat, which includes not at all; null: nobody wrote it
 * @param perTryTimeout of one attempt; null: nobody wrote it
 */
public record Written(
        @Nullable Origin timeout,
        @Nullable Origin retries,
        @Nullable Origin perTryTimeout) {
    /** All of it is defaults. */
    public static final Written NOTHING = new Written(null, null, null);

    /** What of a route made by hand counts as written: whatever says something. */
    static Written of(@Nullable Duration timeout, RetryPolicy retry) {
        Origin bound = timeout == null || timeout.isZero() ? null : Origin.UNKNOWN;
        Origin retries = retry.equals(RetryPolicy.NONE) ? null : Origin.UNKNOWN;
        Origin perTry = retry.perTryTimeout() == null ? null : Origin.UNKNOWN;
        return bound == null && retries == null && perTry == null ? NOTHING : new Written(bound, retries, perTry);
    }
}
