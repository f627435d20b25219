package dev.weft.grpc.call;

import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The user's listener. Tasks that speak to it run one at a time in the order in which they were given, on the call's executor and in the
 * call's context; after {@link #close} nothing reaches it.
 */
final class Downstream<R> {
    /** Who has to know. Called by tasks. */
    interface Owner {

        /**
         * The listener has thrown.
         *
         * @param status what the call is to end with
         */
        void broken(Status status);

        /** The listener is about to be told the end. */
        void finished();
    }

    private final Owner owner;
    private final Executor executor;
    private final Context context;

    // Written before the first task.
    private ClientCall.@Nullable Listener<R> listener;

    // All three are guarded by the queue.
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>(4);
    private boolean busy;
    private boolean scheduled;

    // Used by tasks only, which run one at a time; the queue's lock orders them.
    private boolean closed;

    /** What the call ends with since the listener has thrown: it hears nothing else any more. */
    private @Nullable Status broken;

    Downstream(Owner owner, Executor executor, Context context) {
        this.owner = owner;
        this.executor = executor;
        this.context = context;
    }

    void begin(ClientCall.Listener<R> to) {
        listener = to;
    }

    private ClientCall.Listener<R> listener() {
        return Objects.requireNonNull(listener);
    }

    /** Runs a task now or, while another thread runs one, after it. The calling thread is one of the executor's. */
    void here(Runnable task) {
        synchronized (queue) {
            queue.add(task);
            if (busy) {
                return;
            }
            busy = true;
        }
        drain();
    }

    /** Leaves a task for the next {@link #settle}, or for whoever comes before. */
    void later(Runnable task) {
        synchronized (queue) {
            queue.add(task);
        }
    }

    /** Runs what was left. The calling thread is one of the executor's. */
    void settle() {
        synchronized (queue) {
            if (busy || queue.isEmpty()) {
                return;
            }
            busy = true;
        }
        drain();
    }

    /** Runs a task on the executor. From any thread. */
    void elsewhere(Runnable task) {
        synchronized (queue) {
            queue.add(task);
            if (busy || scheduled) {
                return;
            }
            scheduled = true;
        }
        executor.execute(this::drainScheduled);
    }

    private void drainScheduled() {
        synchronized (queue) {
            scheduled = false;
        }
        settle();
    }

    private void drain() {
        Context outer = context.attach();
        try {
            while (true) {
                Runnable task;
                synchronized (queue) {
                    task = queue.poll();
                    if (task == null) {
                        busy = false;
                        return;
                    }
                }
                task.run();
            }
        } finally {
            context.detach(outer);
        }
    }

    /** For tasks. */
    void ready() {
        if (!closed && broken == null) {
            try {
                listener().onReady();
            } catch (RuntimeException | Error e) {
                broke("Failed to call onReady.", e);
            }
        }
    }

    /** For tasks. */
    void headers(Metadata headers) {
        if (!closed && broken == null) {
            try {
                listener().onHeaders(headers);
            } catch (RuntimeException | Error e) {
                broke("Failed to read headers", e);
            }
        }
    }

    /** For tasks. */
    void message(R message) {
        if (!closed && broken == null) {
            try {
                listener().onMessage(message);
            } catch (RuntimeException | Error e) {
                broke("Failed to read message.", e);
            }
        }
    }

    /** For tasks. */
    void close(Status status, Metadata trailers) {
        if (!closed) {
            closed = true;
            owner.finished();
            try {
                if (broken == null) {
                    listener().onClose(status, trailers);
                } else {
                    listener().onClose(broken, new Metadata());
                }
            } catch (RuntimeException | Error e) {
                // There is nobody left to tell but the thread: as if its executor had run the listener itself.
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    private void broke(String words, Throwable e) {
        Status status = Status.CANCELLED.withCause(e).withDescription(words);
        broken = status;
        owner.broken(status);
    }
}
