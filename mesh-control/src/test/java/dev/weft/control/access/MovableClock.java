package dev.weft.control.access;

import dev.weft.runtime.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Begins at the machine's time, because TLS itself looks at that, and moves only when it is told to. */
public final class MovableClock implements Ticker {
    private final long begin = System.currentTimeMillis();
    private final AtomicLong passed = new AtomicLong();

    public void advance(Duration by) {
        passed.addAndGet(by.toNanos());
    }

    @Override
    public long nanoTime() {
        return passed.get();
    }

    @Override
    public long epochMillis() {
        return begin + passed.get() / 1_000_000;
    }
}
