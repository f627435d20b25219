package dev.weft.control.access;

import dev.weft.runtime.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes as the machine's does and shows another time of day. */
public final class SkewedClock implements Ticker {
    private final AtomicLong skew = new AtomicLong();

    /** Sets it forward, or back. */
    public void advance(Duration by) {
        skew.addAndGet(by.toMillis());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochMillis() {
        return System.currentTimeMillis() + skew.get();
    }
}
