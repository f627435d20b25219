package dev.weft.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Faults to inject before the request leaves: first the delay, then the abort, each with its own dice.
 *
 * @param delay or null
 * @param abort or null
 */
public record FaultInjection(
        @Nullable Delay delay, @Nullable Abort abort) {

    /** Hold the request back. */
    public record Delay(Duration duration, Fraction share) {}

    /**
     * Answer instead of the server.
     *
     * @param httpStatus 200 to 599, or 0 when {@code grpcStatus} is set
     * @param grpcStatus 0 to 16, or null
     */
    public record Abort(int httpStatus, @Nullable Integer grpcStatus, Fraction share) {}
}
