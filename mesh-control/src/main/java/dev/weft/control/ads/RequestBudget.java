package dev.weft.control.ads;

import java.util.concurrent.TimeUnit;

/**
 * How fast one stream is read. A client above its rate is not refused but read later, so that it waits in its own send
 * buffer: floods cost the sender. A token bucket holding five seconds' worth, for the burst of a start. Guarded by the
 * stream.
 */
final class RequestBudget {
    private static final int BURST_SECONDS = 5;

    private final double perNano;
    private final double capacity;
    private double tokens;
    private long last;

    RequestBudget(int perSecond, long now) {
        this.perNano = perSecond / (double) TimeUnit.SECONDS.toNanos(1);
        this.capacity = (double) perSecond * BURST_SECONDS;
        this.tokens = capacity;
        this.last = now;
    }

    /** Takes one request; returns for how many nanoseconds the next one must wait, 0 for none. */
    long take(long now) {
        tokens = Math.min(capacity, tokens + (now - last) * perNano) - 1;
        last = now;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perNano);
    }
}
