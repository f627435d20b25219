package dev.weft.http.body;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets a writer write as fast as its subscriber asks. The writer has one thread of the executor from the first demand to its end and
 * parks there while nothing is asked for.
 */
final class Writing extends OutputStream implements Flow.Subscription, Runnable {
    // As in Reading.
    private static final int CHUNK = 16 * 1024;

    private final OutgoingBody.Writer writer;
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final Executor blocking;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean begun = new AtomicBoolean();

    // Written by cancel(), read by the writer's thread.
    private volatile boolean cancelled;

    // Written by the writer's thread before it waits, read by who wakes it.
    private volatile @Nullable Thread thread;

    // The writer's thread only.
    private byte[] chunk = new byte[0];
    private int filled;

    Writing(OutgoingBody.Writer writer, Flow.Subscriber<? super ByteBuffer> subscriber, Executor blocking) {
        this.writer = writer;
        this.subscriber = subscriber;
        this.blocking = blocking;
    }

    @Override
    public void request(long n) {
        if (n <= 0 || cancelled) {
            return;
        }
        demand.addAndGet(n);
        if (begun.compareAndSet(false, true)) {
            blocking.execute(this);
        } else {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            writer.writeTo(this);
            flush();
            if (!cancelled) {
                subscriber.onComplete();
            }
        } catch (Exception | Error e) {
            if (!cancelled) {
                subscriber.onError(e);
            }
        }
    }

    @Override
    public void write(int b) throws IOException {
        if (filled == chunk.length) {
            makeRoom();
        }
        chunk[filled++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        int at = offset;
        int left = length;
        while (left > 0) {
            if (filled == chunk.length) {
                makeRoom();
            }
            int count = Math.min(left, chunk.length - filled);
            System.arraycopy(from, at, chunk, filled, count);
            filled += count;
            at += count;
            left -= count;
        }
    }

    private void makeRoom() throws IOException {
        flush();
        if (chunk.length == 0) {
            chunk = new byte[CHUNK];
        }
    }

    /** Hands over what has been written. */
    @Override
    public void flush() throws IOException {
        if (filled == 0) {
            return;
        }
        awaitDemand();
        byte[] full = chunk;
        int length = filled;
        filled = 0;
        // Few bytes must not hold a large array while they wait to be sent.
        if (length < CHUNK / 4) {
            subscriber.onNext(ByteBuffer.wrap(Arrays.copyOf(full, length)));
        } else {
            chunk = new byte[0];
            subscriber.onNext(ByteBuffer.wrap(full, 0, length));
        }
    }

    private void awaitDemand() throws IOException {
        while (demand.get() == 0 && !cancelled) {
            if (Thread.interrupted()) {
                throw new InterruptedIOException("interrupted while sending a request body");
            }
            LockSupport.park(this);
        }
        if (cancelled) {
            throw new IOException("the rest of the request body is not wanted any more");
        }
        demand.decrementAndGet();
    }

    /** Writers close what they write to; the end is where {@link OutgoingBody.Writer#writeTo} returns. */
    @Override
    public void close() throws IOException {
        flush();
    }
}
