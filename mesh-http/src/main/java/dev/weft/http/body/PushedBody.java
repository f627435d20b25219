package dev.weft.http.body;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A body that is given as it is written to a channel, whose event loop gives it. It exists once. */
public final class PushedBody implements OutgoingBody, Flow.Publisher<ByteBuffer>, Flow.Subscription {
    private final long length;
    private final Runnable resume;

    // Asked for and not yet given: by the transport on its threads, and by the channel's event loop.
    private final AtomicLong demand = new AtomicLong();

    // Written by the transport, read by the event loop.
    private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private volatile boolean unwanted;

    /** @param resume tells the channel that what could not be given can be now */
    public PushedBody(long length, Runnable resume) {
        this.length = length;
        this.resume = resume;
    }

    /** Whether {@link #give} or {@link #end} may come: somebody listens and has asked for it, or nobody wants it any more. */
    public boolean ready() {
        return unwanted || (subscriber != null && demand.get() > 0);
    }

    public void give(byte[] bytes) {
        Flow.Subscriber<? super ByteBuffer> to = subscriber;
        if (!unwanted && to != null) {
            demand.decrementAndGet();
            to.onNext(ByteBuffer.wrap(bytes));
        }
    }

    public void end() {
        Flow.Subscriber<? super ByteBuffer> to = subscriber;
        if (!unwanted && to != null) {
            unwanted = true;
            to.onComplete();
        }
    }

    public void fail(Throwable cause) {
        Flow.Subscriber<? super ByteBuffer> to = subscriber;
        if (!unwanted && to != null) {
            unwanted = true;
            to.onError(cause);
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean replayable() {
        return false;
    }

    @Override
    public @Nullable ByteBuffer whole() {
        return null;
    }

    @Override
    public Flow.Publisher<ByteBuffer> open(Executor blocking) {
        return this;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
        subscriber = given;
        given.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        demand.addAndGet(n);
        resume.run();
    }

    @Override
    public void cancel() {
        unwanted = true;
        resume.run();
    }

    @Override
    public void discard(Executor blocking) {
        cancel();
    }
}
