package dev.weft.resilience.retry;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The retry budget that holds where configuration names none: of the requests of the last ten seconds a fifth may be repeated,
 * and ten more each second, so that a trickle of requests is never left without. In every ten consecutive seconds of its clock
 * at most 20 % of the requests are repeated on their account, and in any time t at most 10 * (1 + t/1 s) beyond that. Requests cost an
 * addition, retries an allocation. Lock-free; any thread.
 */
public final class RateBudget {
    /** Share of requests that may be repeated. */
    public static final int PERCENT = 20;

    /** Repetitions per second beyond that share. */
    public static final int PER_SECOND = 10;

    /** Over which requests are counted. */
    public static final int WINDOW_SECONDS = 10;

    private static final AtomicReferenceFieldUpdater<RateBudget, Spent> SPENT =
            AtomicReferenceFieldUpdater.newUpdater(RateBudget.class, Spent.class, "spent");

    private static final long SECOND = 1_000_000_000L;
    // One more than the window, so that the slot of the coming second is never one that still counts.
    private static final int SLOTS = WINDOW_SECONDS + 1;
    private static final int COUNT_BITS = 28;
    private static final long COUNT = (1L << COUNT_BITS) - 1;

    private final long origin;

    // Per second: its number since the origin, and the requests in it. Written by everybody through CAS.
    private final AtomicLongArray requests = new AtomicLongArray(SLOTS);

    // Replaced as a whole, so that two retries can never share the last place.
    private volatile Spent spent;

    /** @param nowNanos on the ticker's clock; the budget starts with one second's worth of the fixed part */
    public RateBudget(long nowNanos) {
        origin = nowNanos;
        spent = new Spent(0, new int[SLOTS], nowNanos - SECOND);
    }

    /** A request, not a retry, begins. */
    public void requestStarted(long nowNanos) {
        long second = second(nowNanos);
        int slot = (int) (second % SLOTS);
        while (true) {
            long current = requests.get(slot);
            long next;
            if (current >>> COUNT_BITS == second) {
                if ((current & COUNT) == COUNT) {
                    return;
                }
                next = current + 1;
            } else if (current >>> COUNT_BITS < second) {
                next = second << COUNT_BITS | 1;
            } else {
                // Somebody else's clock is a whole round ahead: this request is history.
                return;
            }
            if (requests.compareAndSet(slot, current, next)) {
                return;
            }
        }
    }

    /** Pays for one retry. False: there is nothing left. */
    public boolean tryRetry(long nowNanos) {
        while (true) {
            Spent current = spent;
            Spent next = current.plusOne(Math.max(second(nowNanos), current.second), nowNanos);
            if (next == null) {
                return false;
            }
            if (SPENT.compareAndSet(this, current, next)) {
                return true;
            }
        }
    }

    private long second(long nowNanos) {
        return Math.max(0, nowNanos - origin) / SECOND;
    }

    private long requestsInWindow(long second) {
        long sum = 0;
        for (int i = 0; i < SLOTS; i++) {
            long slot = requests.get(i);
            long of = slot >>> COUNT_BITS;
            if (of <= second && of > second - WINDOW_SECONDS) {
                sum += slot & COUNT;
            }
        }
        return sum;
    }

    /** What has been paid for. Immutable. */
    private final class Spent {
        final long second;

        // On the requests' account, in the last seconds; position = second % SLOTS.
        private final int[] shared;

        // The fixed part as a bucket: full when this is a second ago, empty when it is now.
        private final long fixedFrom;

        Spent(long second, int[] shared, long fixedFrom) {
            this.second = second;
            this.shared = shared;
            this.fixedFrom = fixedFrom;
        }

        @Nullable
        Spent plusOne(long now, long nowNanos) {
            int[] moved = shared.clone();
            for (long passed = Math.max(second + 1, now - SLOTS + 1); passed <= now; passed++) {
                moved[(int) (passed % SLOTS)] = 0;
            }
            int used = 0;
            for (long s = Math.max(0, now - WINDOW_SECONDS + 1); s <= now; s++) {
                used += moved[(int) (s % SLOTS)];
            }
            if ((used + 1) * 100L <= requestsInWindow(now) * PERCENT) {
                moved[(int) (now % SLOTS)]++;
                return new Spent(now, moved, fixedFrom);
            }
            long full = nowNanos - SECOND;
            long from = (fixedFrom - full < 0 ? full : fixedFrom) + SECOND / PER_SECOND;
            return from - nowNanos > 0 ? null : new Spent(now, moved, from);
        }
    }
}
