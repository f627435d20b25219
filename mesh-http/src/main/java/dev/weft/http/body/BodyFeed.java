package dev.weft.http.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Feeds a response body to a user's subscriber as fast as it asks, on an executor, one signal at a time. */
public final class BodyFeed implements Flow.Subscription, Runnable {
    private final IncomingBody body;
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final Executor executor;

    // Asked for and not yet given. By the subscriber on any thread, and by the one running task.
    private final AtomicLong demand = new AtomicLong();

    // Above zero: a task is on its way or running; it looks again until nothing has happened meanwhile.
    private final AtomicInteger work = new AtomicInteger();

    // Written by cancel() on any thread and by the task.
    private volatile boolean over;
    private volatile boolean refused;

    private BodyFeed(IncomingBody body, Flow.Subscriber<? super ByteBuffer> subscriber, Executor executor) {
        this.body = body;
        this.subscriber = subscriber;
        this.executor = executor;
    }

    /**
     * Begins to feed. The buffers are the subscriber's.
     *
     * @param executor runs the subscriber's code
     */
    public static void start(IncomingBody body, Flow.Subscriber<? super ByteBuffer> subscriber, Executor executor) {
        BodyFeed feed = new BodyFeed(body, subscriber, executor);
        subscriber.onSubscribe(feed);
        body.onReadable(feed::wake);
    }

    private void wake() {
        if (work.getAndIncrement() == 0) {
            try {
                executor.execute(this);
            } catch (RejectedExecutionException e) {
                // No task runs and none will: the executor has been shut down.
                over = true;
                body.close();
                subscriber.onError(e);
            }
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            refused = true;
        } else {
            demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        }
        wake();
    }

    @Override
    public void cancel() {
        over = true;
        body.close();
    }

    @Override
    public void run() {
        int seen = work.get();
        do {
            step();
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void step() {
        try {
            if (refused && !over) {
                over = true;
                body.close();
                subscriber.onError(new IllegalArgumentException("request(n): n above zero was expected"));
            }
            while (!over && demand.get() > 0) {
                ByteBuffer next = body.poll();
                if (next == null) {
                    break;
                }
                if (demand.get() != Long.MAX_VALUE) {
                    demand.decrementAndGet();
                }
                subscriber.onNext(next);
            }
            if (!over && body.over()) {
                over = true;
                subscriber.onComplete();
            }
        } catch (IOException e) {
            if (!over) {
                over = true;
                subscriber.onError(e);
            }
        } catch (RuntimeException | Error e) {
            over = true;
            body.close();
            subscriber.onError(e);
        }
    }
}
