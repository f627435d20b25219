package dev.weft.tls;

import dev.weft.runtime.Timer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One connection while it counts among the {@link Openings} of its server. Ended by whoever learns first that it needs no watching any
 * more, or that it is closed. Safe for use from any thread.
 */
public final class Opening {
    private final Openings all;
    private final Runnable close;
    private final AtomicBoolean over = new AtomicBoolean();

    // Written once, before anybody else knows this.
    private Timer.@Nullable Handle patience;

    Opening(Openings all, Runnable close) {
        this.all = all;
        this.close = close;
    }

    void watch(Timer timer) {
        patience = timer.schedule(Openings.MILLIS * 1_000_000L, this::close);
    }

    /** Closes the connection, if it is still one that counts. */
    void close() {
        if (end()) {
            close.run();
        }
    }

    /** Counts no more; false if it did not before. */
    public boolean end() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        all.ended(this);
        Timer.Handle waiting = patience;
        if (waiting != null) {
            waiting.cancel();
        }
        return true;
    }
}
