package dev.weft.control.ads;

import dev.weft.runtime.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns changes into rounds of pushes: one after some quiet, and not later than the longest delay after the first change.
 * Safe for use from any thread; rounds run one at a time on the executor.
 */
final class PushRounds {
    private static final Logger log = LoggerFactory.getLogger(PushRounds.class);

    private final World world;
    private final long quiet;
    private final long longest;
    private final Executor executor;
    private final Runnable round;

    // Guarded by this.
    private boolean waiting;
    private long first;
    private long last;
    private List<Runnable> afterwards = new ArrayList<>();

    PushRounds(World world, AdsOptions options, Executor executor, Runnable round) {
        this.world = world;
        this.quiet = options.quiet().toNanos();
        this.longest = options.longest().toNanos();
        this.executor = executor;
        this.round = round;
    }

    /** Something changed. Returns at once. */
    synchronized void changed() {
        last = world.ticker().nanoTime();
        if (!waiting) {
            waiting = true;
            first = last;
            schedule();
        }
    }

    /** Runs a task on the executor after a round that begins later than now. */
    synchronized void afterNext(Runnable task) {
        afterwards.add(task);
        changed();
    }

    private void schedule() {
        long due = Math.min(last + quiet - first, longest) + first;
        world.timer().schedule(due - world.ticker().nanoTime(), this::due);
    }

    private synchronized void due() {
        long now = world.ticker().nanoTime();
        if (now - last < quiet && now - first < longest) {
            schedule();
            return;
        }
        waiting = false;
        List<Runnable> tasks = afterwards;
        afterwards = new ArrayList<>();
        executor.execute(() -> run(tasks));
    }

    private void run(List<Runnable> tasks) {
        try {
            round.run();
        } catch (RuntimeException | Error e) {
            // One stream's fault is handled by the stream; this is the source's, and the next change tries again.
            log.warn("a push failed; clients keep what they have until the next change", e);
        }
        tasks.forEach(Runnable::run);
    }
}
