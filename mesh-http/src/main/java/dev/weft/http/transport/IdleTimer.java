package dev.weft.http.transport;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that has had nothing to do for its cluster's idle timeout, or whose host has left the configuration. One
 * timer per connection, which is not moved with every request: when it rings too early it is set again.
 */
final class IdleTimer {
    // Envoy's, where the configuration says nothing.
    private static final Duration DEFAULT = Duration.ofHours(1);

    // How long a connection may outlive its host: rolling updates over days must not pile up dead addresses for an
    // hour.
    private static final long LOOK_NANOS = 10_000_000_000L;

    private final World world;
    private final HostPool pool;
    private final BooleanSupplier closeIfIdle;

    // Written on the connection's event loop, read by the timer's thread.
    private volatile long idleSince;

    // Written by the event loop (first time, stop) and by the timer's own task.
    private volatile Timer.@Nullable Handle handle;
    private volatile boolean stopped;

    /** @param closeIfIdle closes the connection unless it is at work; true if it is closed now */
    IdleTimer(World world, HostPool pool, BooleanSupplier closeIfIdle) {
        this.world = world;
        this.pool = pool;
        this.closeIfIdle = closeIfIdle;
        idleSince = world.ticker().nanoTime();
    }

    /** The connection has nothing to do from now on. */
    void start() {
        idleSince = world.ticker().nanoTime();
        if (handle == null) {
            schedule(nanos());
        }
    }

    void stop() {
        stopped = true;
        Timer.Handle set = handle;
        if (set != null) {
            set.cancel();
        }
    }

    private void schedule(long nanos) {
        Timer.Handle next = world.timer().schedule(Math.min(nanos, LOOK_NANOS), this::ring);
        handle = next;
        if (stopped) {
            next.cancel();
        }
    }

    private void ring() {
        if (stopped) {
            return;
        }
        long idle = world.ticker().nanoTime() - idleSince;
        long left = pool.deserted() ? 0 : nanos() - idle;
        if (left > 0) {
            schedule(left);
        } else if (!closeIfIdle.getAsBoolean()) {
            schedule(nanos());
        }
    }

    private long nanos() {
        Duration said = pool.cluster().idleTimeout();
        return Math.max(1_000_000, (said == null || said.isZero() ? DEFAULT : said).toNanos());
    }
}
