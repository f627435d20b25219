package dev.weft.control.access;

import dev.weft.runtime.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket of permits for each key: so many at once, and one more each period. The number of keys is bounded; who has not
 * asked for longest is forgotten.
 */
public final class RateLimit {
    private static final int MAX_KEYS = 10_000;

    private final int burst;
    private final long period;
    private final Ticker ticker;
    /** Guarded by this: per key, the time at which its bucket is full again. */
    private final Map<String, Long> full = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_KEYS;
        }
    };

    /**
     * A limit with all buckets full.
     *
     * @param burst permits of a full bucket, at least 1
     * @param period after which a permit comes back
     */
    public RateLimit(int burst, Duration period, Ticker ticker) {
        if (burst < 1 || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("rate limit of " + burst + " at once and one each " + period
                    + ": at least 1 and more than 0 were expected");
        }
        this.burst = burst;
        this.period = period.toNanos();
        this.ticker = ticker;
    }

    /** Takes a permit of the key's, if it has one. */
    public synchronized boolean tryTake(String key) {
        long now = ticker.nanoTime();
        Long fullAt = full.get(key);
        long filled = fullAt == null || fullAt - now < 0 ? now : fullAt;
        // Each permit taken moves the moment at which the bucket is full by one period; more than a burst away is
        // empty.
        if (filled + period - now > burst * period) {
            return false;
        }
        full.put(key, filled + period);
        return true;
    }
}
