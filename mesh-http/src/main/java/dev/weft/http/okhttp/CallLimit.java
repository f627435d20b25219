package dev.weft.http.okhttp;

import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The client's {@code callTimeout}, from when the mesh gets to see the call. OkHttp's own clock runs too, and a little ahead. */
final class CallLimit {
    private final Duration whole;
    private final Ticker ticker;
    private final long startNanos;

    /** @param whole zero: there is none */
    CallLimit(Duration whole, Ticker ticker) {
        this.whole = whole;
        this.ticker = ticker;
        startNanos = ticker.nanoTime();
    }

    /** For what remains to be done; null: no limit. Never zero, which would mean the same. */
    @Nullable
    Duration left() {
        if (whole.isZero()) {
            return null;
        }
        Duration left = whole.minusNanos(ticker.nanoTime() - startNanos);
        return left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left;
    }

    /** What OkHttp throws when it is over. */
    static InterruptedIOException timeout(IOException cause) {
        InterruptedIOException timeout = new InterruptedIOException("timeout");
        timeout.initCause(cause);
        return timeout;
    }

    boolean isOver() {
        return !whole.isZero() && whole.compareTo(Duration.ofNanos(ticker.nanoTime() - startNanos)) <= 0;
    }
}
