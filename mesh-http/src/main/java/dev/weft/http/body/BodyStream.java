package dev.weft.http.body;

import dev.weft.runtime.Durations;
import dev.weft.runtime.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a response body by waiting for it. For one thread at a time; {@link #close} may come from any. */
public final class BodyStream extends InputStream {
    private final IncomingBody body;
    private final @Nullable Timer timer;
    private final long limitNanos;
    private @Nullable ByteBuffer current;
    private boolean ended;

    // Written by the timer, read by the reading thread.
    private volatile boolean late;

    public BodyStream(IncomingBody body) {
        this.body = body;
        timer = null;
        limitNanos = 0;
    }

    /**
     * A stream that waits no longer than a client's read timeout for the next bytes, then closes and throws a {@link
     * SocketTimeoutException}.
     *
     * @param limit zero or null: no limit
     */
    public BodyStream(IncomingBody body, Timer timer, @Nullable Duration limit) {
        this.body = body;
        boolean bounded = limit != null && !limit.isZero();
        this.timer = bounded ? timer : null;
        // Half of what a long holds, so that a timer may add it to the time.
        limitNanos = limit == null ? 0 : Math.min(Durations.nanos(limit), Long.MAX_VALUE / 2);
    }

    @Override
    public int read() throws IOException {
        ByteBuffer from = fill();
        if (from == null) {
            return -1;
        }
        int next = from.get() & 0xFF;
        drop(from);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        ByteBuffer from = fill();
        if (from == null) {
            return -1;
        }
        int count = Math.min(length, from.remaining());
        from.get(into, offset, count);
        drop(from);
        return count;
    }

    @Override
    public int available() {
        return current == null ? 0 : current.remaining();
    }

    private @Nullable ByteBuffer fill() throws IOException {
        if (current == null && !ended) {
            try {
                current = next();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the response body");
            }
            ended = current == null;
        }
        return current;
    }

    private @Nullable ByteBuffer next() throws IOException, InterruptedException {
        if (timer == null) {
            return body.take();
        }
        ByteBuffer here = body.poll();
        if (here != null || body.over()) {
            return here;
        }
        Timer.Handle handle = timer.schedule(limitNanos, this::giveUp);
        try {
            return body.take();
        } catch (IOException e) {
            if (late) {
                throw new SocketTimeoutException("no more of the response within " + Duration.ofNanos(limitNanos));
            }
            throw e;
        } finally {
            handle.cancel();
        }
    }

    private void giveUp() {
        late = true;
        body.close();
    }

    private void drop(ByteBuffer used) {
        if (!used.hasRemaining()) {
            current = null;
        }
    }

    @Override
    public void close() {
        ended = true;
        current = null;
        body.close();
    }
}
