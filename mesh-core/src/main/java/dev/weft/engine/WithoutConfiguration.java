package dev.weft.engine;

import java.util.function.Supplier;

/**
 * What becomes of calls while there is no configuration at all.
 *
 * @param holdNanos how long they wait for one before they are answered 503 {@code NC}; 0 = not at all
 * @param why there is none, for reasons: {@code localhost:15010 connection refused (4 tries), disk none}; asked from any thread
 */
public record WithoutConfiguration(long holdNanos, Supplier<String> why) {
    /** 5 s, as a control plane that restarts needs. */
    public static final WithoutConfiguration HOLD =
            new WithoutConfiguration(5_000_000_000L, () -> "is the control plane reachable?");
}
