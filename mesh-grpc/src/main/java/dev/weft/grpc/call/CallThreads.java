package dev.weft.grpc.call;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * On which thread something of a call is done. The engine's commands come on any; the user's listener is spoken to, and his marshallers and
 * credentials run, on threads that are his: the one that begins the call, and those of its executor.
 */
final class CallThreads {
    private final Executor executor;
    private final Downstream<?> downstream;

    // Written by any: a thread finds itself here only where it has written itself.
    private @Nullable Thread listening;
    private @Nullable Thread starting;

    CallThreads(Executor executor, Downstream<?> downstream) {
        this.executor = executor;
        this.downstream = downstream;
    }

    /** The call begins, on the user's thread. */
    void start(Runnable begin) {
        starting = Thread.currentThread();
        try {
            begin.run();
        } finally {
            starting = null;
        }
    }

    /** An event of an attempt, on a thread of the executor, where the listener may be spoken to. */
    void hear(Runnable event) {
        listening = Thread.currentThread();
        try {
            event.run();
        } finally {
            listening = null;
        }
        downstream.settle();
    }

    /** Speaks to the listener, for a command. */
    void speak(Runnable task) {
        if (Thread.currentThread() == listening) {
            // After the engine's handler, which must not wait for the listener.
            downstream.later(task);
        } else {
            downstream.elsewhere(task);
        }
    }

    /** Runs what may run the user's code, for a command: here if it may. */
    void run(Runnable task) {
        Thread current = Thread.currentThread();
        if (current == starting || current == listening) {
            task.run();
        } else {
            executor.execute(task);
        }
    }

    /** The same, and never here. */
    void runElsewhere(Runnable task) {
        executor.execute(task);
    }
}
