package dev.weft.tls;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Rings once at a time of the wall clock, such as the end of a certificate. */
public final class WallTimer {
    /** The wall clock may be set while we wait; so it is looked at again and again. */
    private static final long LOOK_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final World world;
    private final long atMillis;
    private final Runnable ring;

    // Guarded by this.
    private Timer.@Nullable Handle next;
    private boolean over;

    private WallTimer(World world, long atMillis, Runnable ring) {
        this.world = world;
        this.atMillis = atMillis;
        this.ring = ring;
    }

    /**
     * Begins to wait.
     *
     * @param atMillis since the Unix epoch; {@link Long#MAX_VALUE}: never
     * @param ring runs on the timer's thread, after that time
     */
    public static WallTimer start(World world, long atMillis, Runnable ring) {
        WallTimer timer = new WallTimer(world, atMillis, ring);
        if (atMillis != Long.MAX_VALUE) {
            timer.schedule(world.ticker().epochMillis());
        }
        return timer;
    }

    private synchronized void schedule(long nowMillis) {
        if (!over) {
            // A certificate is good in the millisecond that it names.
            long nanos = TimeUnit.MILLISECONDS.toNanos(Math.max(0, atMillis - nowMillis + 1));
            next = world.timer().schedule(Math.min(LOOK_NANOS, nanos), this::look);
        }
    }

    private void look() {
        long now = world.ticker().epochMillis();
        if (now <= atMillis) {
            schedule(now);
        } else if (end()) {
            ring.run();
        }
    }

    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    /** It will not ring, unless it is ringing. */
    public synchronized void cancel() {
        over = true;
        if (next != null) {
            next.cancel();
        }
    }
}
