package dev.weft.http.kit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads bring about. */
public final class Eventually {
    private Eventually() {}

    // Only a test that fails waits so long; a busy machine may take several seconds for what is usually there at once.
    private static final long SECONDS = 30;

    public static void is(String what, BooleanSupplier condition) {
        is(what, condition, () -> "");
    }

    /** @param found what there is instead, for the message */
    public static void is(String what, BooleanSupplier condition, Supplier<String> found) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still not true after " + SECONDS + " s: " + what + found.get());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
