package dev.weft.http.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the tasks of one blocking call on the thread that waits for it: it has nothing else to do, and no other thread has to
 * be woken. What comes after the wait (the rest of a streamed body) goes to the client's executor.
 */
final class CallerRuns implements Executor {
    private final Executor afterwards;
    private final Thread caller = Thread.currentThread();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    // Written by the caller's thread when it stops waiting; read by whoever brings a task.
    private volatile boolean gone;

    CallerRuns(Executor afterwards) {
        this.afterwards = afterwards;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (gone) {
            moveOn();
        } else if (Thread.currentThread() != caller) {
            LockSupport.unpark(caller);
        }
    }

    private void moveOn() {
        Runnable task = tasks.poll();
        while (task != null) {
            afterwards.execute(task);
            task = tasks.poll();
        }
    }

    <T> HttpResponse<T> await(PendingSend<T> send) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> future = send.future();
        // A result that is completed elsewhere (by a body subscriber of the user) must wake this thread too.
        future.whenComplete((response, failure) -> LockSupport.unpark(caller));
        try {
            while (!future.isDone()) {
                Runnable task = tasks.poll();
                if (task != null) {
                    task.run();
                } else if (Thread.interrupted()) {
                    future.cancel(true);
                    throw new InterruptedException("interrupted while waiting for a response");
                } else {
                    LockSupport.park(this);
                }
            }
        } finally {
            gone = true;
            moveOn();
        }
        return result(future);
    }

    private static <T> HttpResponse<T> result(CompletableFuture<HttpResponse<T>> future)
            throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw thrown(cause);
        }
    }

    /** The same type again with this thread's stack, as the JDK's client does it. */
    private static IOException thrown(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return withCause(new HttpConnectTimeoutException(cause.getMessage()), cause);
        }
        if (cause instanceof HttpTimeoutException) {
            return withCause(new HttpTimeoutException(cause.getMessage()), cause);
        }
        if (cause instanceof UncheckedIOException unchecked) {
            return new IOException(unchecked.getMessage(), unchecked.getCause());
        }
        if (cause instanceof CancellationException || cause instanceof RuntimeException) {
            throw (RuntimeException) cause;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IOException(cause.getMessage(), cause);
    }

    private static IOException withCause(IOException exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }
}
