package dev.weft.http.call;

import dev.weft.runtime.Durations;
import dev.weft.runtime.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long a client waits for the head of an answer once it is the server's turn ({@link Terms#silence}). Each attempt has all of it. Safe
 * for use from any thread.
 */
public final class Patience {
    private final Timer timer;
    private final @Nullable Duration whole;
    private final Consumer<Duration> late;
    private final AtomicReference<Timer.@Nullable Handle> running = new AtomicReference<>();

    // Written when the answer is there, read by whoever begins to wait once more.
    private volatile boolean over;

    /**
     * Waits for nothing yet.
     *
     * @param whole null: for ever
     * @param late is told when it is at an end, and what it was; must not block
     */
    public Patience(Timer timer, @Nullable Duration whole, Consumer<Duration> late) {
        this.timer = timer;
        this.whole = whole;
        this.late = late;
    }

    /** It is the server's turn; an attempt before is forgotten. */
    public void begin() {
        Duration bound = whole;
        if (bound != null) {
            // Half of what a long holds, so that a timer may add it to the time.
            long nanos = Math.min(Durations.nanos(bound), Long.MAX_VALUE / 2);
            replace(timer.schedule(nanos, () -> late.accept(bound)));
            if (over) {
                replace(null);
            }
        }
    }

    /** Nobody waits any more. */
    public void end() {
        over = true;
        replace(null);
    }

    private void replace(Timer.@Nullable Handle next) {
        Timer.Handle before = running.getAndSet(next);
        if (before != null) {
            before.cancel();
        }
    }
}
