package dev.weft.http.transport;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import dev.weft.tls.Proof;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that has had nothing to do for its cluster's idle timeout, or whose host has left the configuration, and
 * any connection at the end of the certificates that it was made with. One timer per connection, which is not moved with every
 * request: when it rings too early it is set again.
 */
final class IdleTimer {
    // Envoy's, where the configuration says nothing.
    private static final Duration DEFAULT = Duration.ofHours(1);

    // How long a connection may outlive its host: rolling updates over days must not pile up dead addresses for an
    // hour.
    private static final long LOOK_NANOS = 10_000_000_000L;

    private final World world;
    private final HostPool pool;
    private final Connection connection;
    private final Proof proof;

    // Written on the connection's event loop, read by the timer's thread.
    private volatile long idleSince;

    // Written by the event loop (first time, stop) and by the timer's own task.
    private volatile Timer.@Nullable Handle handle;
    private volatile boolean stopped;

    /** @param proof until when the connection may be used */
    IdleTimer(World world, HostPool pool, Connection connection, Proof proof) {
        this.world = world;
        this.pool = pool;
        this.connection = connection;
        this.proof = proof;
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
        Timer.Handle next = world.timer().schedule(Math.min(Math.min(nanos, LOOK_NANOS), proofNanos()), this::ring);
        handle = next;
        if (stopped) {
            next.cancel();
        }
    }

    private void ring() {
        if (stopped) {
            return;
        }
        long now = world.ticker().epochMillis();
        if (now > proof.own()) {
            connection.channel().close();
            return;
        }
        if (now > proof.peer()) {
            connection.retire();
        }
        long idle = world.ticker().nanoTime() - idleSince;
        long left = pool.deserted() ? 0 : nanos() - idle;
        if (left > 0) {
            schedule(left);
        } else if (!connection.closeIfIdle()) {
            schedule(nanos());
        }
    }

    /** To the next end of a certificate, by the wall clock: which may be set meanwhile, so that it is looked at again. */
    private long proofNanos() {
        long now = world.ticker().epochMillis();
        long end = now > proof.peer() ? proof.own() : Math.min(proof.own(), proof.peer());
        long millis = end == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, end - now) + 1;
        return millis > LOOK_NANOS / 1_000_000 ? LOOK_NANOS : millis * 1_000_000;
    }

    private long nanos() {
        Duration said = pool.cluster().idleTimeout();
        return Math.max(1_000_000, (said == null || said.isZero() ? DEFAULT : said).toNanos());
    }
}
