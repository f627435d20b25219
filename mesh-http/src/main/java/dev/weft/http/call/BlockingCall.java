package dev.weft.http.call;

import dev.weft.http.body.OutgoingBody;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.runtime.Durations;
import dev.weft.runtime.Timer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A call whose thread waits for the head of the answer, for clients that block. Waiting parks the thread; a virtual one frees its
 * carrier. Made and awaited by one thread; {@link #cancel} may come from any.
 */
public final class BlockingCall implements Caller {
    private final Thread thread = Thread.currentThread();
    private final Outbound outbound;
    private final @Nullable Duration limit;
    private final Patience patience;
    private final long startNanos;

    // Set by begin() before anybody else knows the object.
    private @Nullable OutboundCall call;
    private Timer.@Nullable Handle timer;

    // One of these is written once, by whoever brings the news; read by the waiting thread.
    private volatile @Nullable Answer answer;
    private volatile @Nullable Throwable failure;
    private volatile boolean outside;
    private volatile @Nullable Duration late;

    private BlockingCall(Outbound outbound, Terms terms) {
        this.outbound = outbound;
        limit = terms.ownLimit();
        patience = new Patience(outbound.world().timer(), terms.silence(), this::late);
        startNanos = outbound.world().ticker().nanoTime();
    }

    /** Begins a call on the calling thread, which is to await it. */
    public static BlockingCall begin(Outbound outbound, RequestHead head, OutgoingBody body, Terms terms) {
        BlockingCall waiting = new BlockingCall(outbound, terms);
        Duration limit = terms.ownLimit();
        if (limit != null) {
            waiting.timer = outbound.world().timer().schedule(limitNanos(limit), () -> waiting.late(limit));
        }
        waiting.call = outbound.begin(head, body, terms, waiting);
        return waiting;
    }

    /** The call itself: its explanation, and what ends it. */
    public OutboundCall call() {
        if (call == null) {
            throw new IllegalStateException("the call has not begun");
        }
        return call;
    }

    /**
     * Waits for the head of the answer.
     *
     * @return null: the host is none of the mesh's, and the client is to make the call in its own way
     * @throws SocketTimeoutException when the client's own limit or patience has passed; the call is cancelled
     * @throws InterruptedException when the thread is interrupted; the call is cancelled
     * @throws IOException if the request body cannot be read
     * @throws java.util.concurrent.CancellationException if {@link #cancel} came
     */
    public @Nullable Answer await() throws IOException, InterruptedException {
        try {
            return waited();
        } finally {
            if (timer != null) {
                timer.cancel();
            }
            patience.end();
        }
    }

    private @Nullable Answer waited() throws IOException, InterruptedException {
        while (true) {
            Answer given = answer;
            if (given != null) {
                return inTime(given);
            }
            Throwable cause = failure;
            if (cause != null) {
                throw thrown(cause);
            }
            if (outside) {
                return null;
            }
            Duration passed = late;
            if (passed != null) {
                giveUp();
                throw new SocketTimeoutException("no response within " + passed);
            }
            if (Thread.interrupted()) {
                giveUp();
                throw new InterruptedException("interrupted while waiting for a response; the call was cancelled");
            }
            LockSupport.park(this);
        }
    }

    /** The client's own limit is what it throws, though the mesh, which knew it, may have answered first. */
    private Answer inTime(Answer given) throws SocketTimeoutException {
        if (limit != null
                && given.reply() != null
                && given.reply().flags().contains(ResponseFlag.UT)
                && outbound.world().ticker().nanoTime() - startNanos >= limitNanos(limit)) {
            given.body().close();
            throw new SocketTimeoutException("no response within " + limit);
        }
        return given;
    }

    private void giveUp() {
        call().cancel();
        Answer unwanted = answer;
        if (unwanted != null) {
            unwanted.body().close();
        }
    }

    private static IOException thrown(Throwable cause) {
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        return cause instanceof IOException io ? io : new IOException(cause.toString(), cause);
    }

    /** Half of what a long holds, so that a timer may add it to the time. */
    private static long limitNanos(Duration limit) {
        return Math.min(Durations.nanos(limit), Long.MAX_VALUE / 2);
    }

    /** The caller is gone; {@link #await} throws unless it has its answer. */
    public void cancel() {
        call().cancel();
    }

    private void late(Duration passed) {
        late = passed;
        wake();
    }

    @Override
    public void requestComplete() {
        patience.begin();
    }

    @Override
    public void answered(Answer given) {
        answer = given;
        wake();
    }

    @Override
    public void failed(Throwable cause) {
        failure = cause;
        wake();
    }

    @Override
    public boolean passesThrough() {
        outside = true;
        wake();
        return true;
    }

    private void wake() {
        if (Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
        }
    }
}
