package dev.weft.ca;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done next, and when: at most one thing. What is done may take a while, and runs on the executor's threads. Thread-safe. */
final class Agenda {
    private static final Logger log = LoggerFactory.getLogger(CertifiedIdentity.class);

    private final Timer timer;
    private final Executor executor;

    // Guarded by this.
    private Timer.@Nullable Handle next;
    private boolean closed;

    Agenda(World world, Executor executor) {
        this.timer = world.timer();
        this.executor = executor;
    }

    /** Does this soon, besides what is planned. */
    void now(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("closed meanwhile", e);
        }
    }

    /** Does this after a while, in place of what was planned before. */
    synchronized void plan(Duration wait, Runnable task) {
        clear();
        if (!closed) {
            next = timer.schedule(wait.toNanos(), () -> now(task));
        }
    }

    /** Forgets what was planned. */
    synchronized void clear() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    /** Nothing can be planned any more. */
    synchronized void close() {
        closed = true;
        clear();
    }
}
