package dev.weft.http.hc5;

import dev.weft.runtime.Durations;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The {@code responseTimeout} of an asynchronous client: how long the other side may say nothing while something is expected of it. It bounds each pause
 * and not the call, as on the client's own connections, so it does not travel on as a deadline. Thread-safe.
 */
final class Silence {
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final World world;
    private final long limitNanos;
    private final Runnable broken;

    // From when on silence counts; any thread writes.
    private volatile long since;

    // Nothing is expected at the moment.
    private volatile boolean resting = true;
    private volatile boolean tooLong;

    // A timer is set; it stays set while nothing is expected, so that each read costs none.
    private final AtomicBoolean armed = new AtomicBoolean();
    private volatile Timer.@Nullable Handle timer;

    /** @param broken what to do when it was too long; on a timer's thread */
    Silence(World world, @Nullable Timeout limit, Runnable broken) {
        this.world = world;
        limitNanos = limit == null || !Timeout.isPositive(limit)
                ? UNLIMITED
                : Math.min(Durations.nanos(limit.toDuration()), UNLIMITED / 2);
        this.broken = broken;
    }

    /** Something is expected from now on. */
    void begin() {
        if (limitNanos == UNLIMITED) {
            return;
        }
        since = world.ticker().nanoTime();
        resting = false;
        arm(limitNanos);
    }

    /** What was expected is here. */
    void rest() {
        resting = true;
    }

    /** Nothing will be expected any more. */
    void end() {
        resting = true;
        Timer.Handle set = timer;
        if (set != null) {
            set.cancel();
        }
    }

    boolean tooLong() {
        return tooLong;
    }

    private void arm(long nanos) {
        if (armed.compareAndSet(false, true)) {
            timer = world.timer().schedule(nanos, this::look);
        }
    }

    private void look() {
        armed.set(false);
        if (resting) {
            return;
        }
        long left = limitNanos - (world.ticker().nanoTime() - since);
        if (left > 0) {
            arm(left);
        } else {
            tooLong = true;
            broken.run();
        }
    }
}
