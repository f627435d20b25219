package dev.weft.control.grpc;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, and for no time. */
final class Eventually {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final long LITTLE_PATIENCE = TimeUnit.SECONDS.toNanos(1);

    /** Set by the thread of a test before it begins. */
    private static final ThreadLocal<Long> PATIENCE_OF_TEST = ThreadLocal.withInitial(() -> PATIENCE);

    private Eventually() {}

    /** In this thread: what is known not to come need not be waited for. */
    static void expect(boolean success) {
        PATIENCE_OF_TEST.set(success ? PATIENCE : LITTLE_PATIENCE);
    }

    static <T> void is(String what, Supplier<T> actual, T expected) {
        long end = System.nanoTime() + PATIENCE_OF_TEST.get();
        T last = actual.get();
        while (!Objects.equals(last, expected)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not in time: " + what + "; expected " + expected + ", last was " + last);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            last = actual.get();
        }
    }
}
