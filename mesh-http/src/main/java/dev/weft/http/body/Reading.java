package dev.weft.http.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream as far as its subscriber asks. One task at a time runs on the executor: {@code demand} goes from zero up
 * only by {@link #request}, which starts a task, and a task ends when it has brought it back to zero.
 */
final class Reading implements Flow.Subscription, Runnable {
    // Large enough that a system call per chunk does not matter, small enough to keep thousands of uploads in memory.
    private static final int CHUNK = 16 * 1024;

    private final Callable<? extends InputStream> source;
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final Executor blocking;
    private final AtomicLong demand = new AtomicLong();

    // Written by cancel(), read by the task.
    private volatile boolean cancelled;

    // Both are touched by the one running task only.
    private @Nullable InputStream stream;
    private boolean over;

    Reading(Callable<? extends InputStream> source, Flow.Subscriber<? super ByteBuffer> subscriber, Executor blocking) {
        this.source = source;
        this.subscriber = subscriber;
        this.blocking = blocking;
    }

    @Override
    public void request(long n) {
        if (n > 0 && demand.getAndAdd(n) == 0) {
            blocking.execute(this);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        // A task closes the stream; one that waits for demand would wait for ever.
        request(1);
    }

    @Override
    public void run() {
        do {
            if (!over) {
                step();
            }
        } while (demand.decrementAndGet() > 0);
    }

    private void step() {
        try {
            if (cancelled) {
                finish();
                return;
            }
            InputStream from = stream;
            if (from == null) {
                from = source.call();
                if (from == null) {
                    throw new IOException("the source of a request body gave null instead of a stream");
                }
                stream = from;
            }
            byte[] chunk = new byte[CHUNK];
            int read = from.read(chunk);
            if (read < 0) {
                finish();
                subscriber.onComplete();
            } else {
                // Few bytes must not hold a large array while they wait to be sent.
                subscriber.onNext(ByteBuffer.wrap(read < CHUNK / 4 ? Arrays.copyOf(chunk, read) : chunk, 0, read));
            }
        } catch (Exception | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        try {
            finish();
        } catch (IOException closing) {
            e.addSuppressed(closing);
        }
        if (!cancelled) {
            subscriber.onError(e);
        }
    }

    private void finish() throws IOException {
        over = true;
        if (stream != null) {
            stream.close();
        } else if (cancelled && source instanceof Once once) {
            once.discard();
        }
    }
}
