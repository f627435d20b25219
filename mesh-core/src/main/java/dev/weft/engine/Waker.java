package dev.weft.engine;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import org.jspecify.annotations.Nullable;

/**
 * One alarm clock for one exchange, for adapters without an event loop of their own: {@link Adapter#wakeAt} goes to {@link
 * #at}, and {@link Exchange#wake} comes back. Moving the alarm to a later time costs nothing: the old alarm then rings too
 * early, which is harmless, and the clock is set again. Safe for use from any thread.
 */
public final class Waker {
    private final World world;
    private final Runnable wake;

    // All three are guarded by this: the lock is one exchange's own and held for a few instructions.
    private long wanted = Long.MAX_VALUE;
    private long set = Long.MAX_VALUE;
    private Timer.@Nullable Handle handle;

    /** @param wake runs on the timer's thread and must not block */
    public Waker(World world, Runnable wake) {
        this.world = world;
        this.wake = wake;
    }

    /**
     * Replaces the wish.
     *
     * @param nanos on the ticker's clock; {@link Long#MAX_VALUE} = no wish
     */
    public void at(long nanos) {
        synchronized (this) {
            wanted = nanos;
            if (nanos == Long.MAX_VALUE) {
                if (handle != null) {
                    handle.cancel();
                    handle = null;
                    set = Long.MAX_VALUE;
                }
            } else if (handle == null || nanos - set < 0) {
                if (handle != null) {
                    handle.cancel();
                }
                schedule();
            }
        }
    }

    private void schedule() {
        set = wanted;
        handle = world.timer().schedule(wanted - world.ticker().nanoTime(), this::ring);
    }

    private void ring() {
        synchronized (this) {
            handle = null;
            set = Long.MAX_VALUE;
            if (wanted == Long.MAX_VALUE) {
                return;
            }
            if (wanted - world.ticker().nanoTime() > 0) {
                schedule();
                return;
            }
            wanted = Long.MAX_VALUE;
        }
        wake.run();
    }
}
