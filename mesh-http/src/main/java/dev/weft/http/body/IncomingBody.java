package dev.weft.http.body;

import dev.weft.request.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived of a response body and has not been read yet. One event loop puts in, one reader at a time takes out, by
 * waiting ({@link #take}) or by being told ({@link #onReadable}). The buffers are on the heap and the collector's: a response
 * that somebody forgets to read costs no memory outside. A lock of its own and not the monitor, so that a waiting virtual
 * thread frees its carrier.
 */
public final class IncomingBody {
    // What may wait here before the sender is asked to stop, and how little must be left before it may go on.
    private static final int HIGH = 64 * 1024;
    private static final int LOW = 16 * 1024;

    private static final Runnable NOBODY = () -> {};

    /** The other end of the wire. */
    public interface Source {
        /** Of a body that does not come by wire. */
        Source NONE = new Source() {
            @Override
            public void resume() {}

            @Override
            public void abandon() {}
        };

        /** There is room again after {@link #offer} said stop. From any thread. */
        void resume();

        /** Nobody wants the rest. From any thread. */
        void abandon();
    }

    private final Source source;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All guarded by the lock.
    private final ArrayDeque<ByteBuffer> buffers = new ArrayDeque<>(4);
    private long held;
    private boolean paused;
    private boolean closed;
    private boolean ended;
    private @Nullable IOException failure;
    private Headers trailers = Headers.EMPTY;
    private Runnable readable = NOBODY;

    public IncomingBody(Source source) {
        this.source = source;
    }

    /** A body that is over before it began. */
    public static IncomingBody empty() {
        IncomingBody body = new IncomingBody(Source.NONE);
        body.end(Headers.EMPTY);
        return body;
    }

    /**
     * Something has arrived.
     *
     * @return false: enough for now, until {@link Source#resume}
     */
    public boolean offer(ByteBuffer data) {
        boolean goOn;
        lock.lock();
        try {
            if (closed || ended) {
                return true;
            }
            buffers.add(data);
            held += data.remaining();
            // Only a reader takes it back: what was decoded already may still come after the sender was stopped.
            paused |= held >= HIGH;
            goOn = !paused;
            changed.signal();
        } finally {
            lock.unlock();
        }
        tell();
        return goOn;
    }

    /** Nothing more will come, and everything has come. */
    public void end(Headers trailing) {
        finish(null, trailing);
    }

    /** Nothing more will come, though something should. */
    public void fail(IOException cause) {
        finish(cause, Headers.EMPTY);
    }

    private void finish(@Nullable IOException cause, Headers trailing) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            failure = cause;
            trailers = trailing;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tell();
    }

    private void tell() {
        Runnable listener;
        lock.lock();
        try {
            listener = readable;
        } finally {
            lock.unlock();
        }
        listener.run();
    }

    /**
     * Calls {@code listener} now and whenever something has changed, on the event loop; it must not block. For readers that
     * {@link #poll}.
     */
    public void onReadable(Runnable listener) {
        lock.lock();
        try {
            readable = listener;
        } finally {
            lock.unlock();
        }
        listener.run();
    }

    /**
     * The next buffer; waits for it.
     *
     * @return null at the end
     * @throws IOException if the connection was lost, or if the body was closed
     */
    public @Nullable ByteBuffer take() throws IOException, InterruptedException {
        ByteBuffer next;
        boolean resume;
        lock.lockInterruptibly();
        try {
            while (buffers.isEmpty() && !ended && !closed) {
                changed.await();
            }
            next = next();
            resume = mayResume();
        } finally {
            lock.unlock();
        }
        if (resume) {
            source.resume();
        }
        return next;
    }

    /** The next buffer if there is one. Null: nothing is here now; see {@link #over}. */
    public @Nullable ByteBuffer poll() throws IOException {
        ByteBuffer next;
        boolean resume;
        lock.lock();
        try {
            next = next();
            resume = mayResume();
        } finally {
            lock.unlock();
        }
        if (resume) {
            source.resume();
        }
        return next;
    }

    private @Nullable ByteBuffer next() throws IOException {
        if (closed) {
            throw new IOException("the response has been closed");
        }
        ByteBuffer first = buffers.poll();
        if (first != null) {
            held -= first.remaining();
        } else if (failure != null) {
            // A new one each time: the stack trace shows the reader, the cause shows the wire.
            throw new IOException(failure.getMessage(), failure);
        }
        return first;
    }

    private boolean mayResume() {
        boolean resume = paused && held <= LOW;
        if (resume) {
            paused = false;
        }
        return resume;
    }

    /**
     * Everything has been taken.
     *
     * @throws IOException if everything has been taken, and it was not everything that should have come
     */
    public boolean over() throws IOException {
        lock.lock();
        try {
            if (ended && buffers.isEmpty() && failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            return ended && buffers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Fields after the body; complete once it is {@link #over}. */
    public Headers trailers() {
        lock.lock();
        try {
            return trailers;
        } finally {
            lock.unlock();
        }
    }

    /** The rest is not wanted. Harmless at any time and more than once. */
    public void close() {
        boolean abandon;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            abandon = !ended;
            buffers.clear();
            held = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (abandon) {
            source.abandon();
        }
    }
}
