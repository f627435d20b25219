package dev.weft;

import dev.weft.runtime.Durations;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Tells whoever waits that there are a configuration and an identity, or that there will never be. Thread-safe. */
final class Ready {
    private final Mesh mesh;
    private final Executor executor;
    private final CompletableFuture<Mesh> future = new CompletableFuture<>();

    // Guarded by this; those who report come back with every snapshot and every certificate.
    private boolean configured;
    private boolean identified;

    /** Written once, under the lock. */
    private volatile boolean reached;

    /** @param executor runs what applications hang on the stage, so that it cannot hold up the control thread */
    Ready(Mesh mesh, Executor executor) {
        this.mesh = mesh;
        this.executor = executor;
    }

    /** There is a configuration. */
    void configured() {
        if (!reached) {
            reached(true, false);
        }
    }

    /** There is an identity, or none is to come. */
    void identified() {
        if (!reached) {
            reached(false, true);
        }
    }

    private synchronized void reached(boolean configuration, boolean identity) {
        configured |= configuration;
        identified |= identity;
        if (!configured || !identified || reached) {
            return;
        }
        reached = true;
        try {
            executor.execute(() -> future.complete(mesh));
        } catch (RejectedExecutionException e) {
            // Closed meanwhile; whoever waits hears of that.
        }
    }

    void fail() {
        future.completeExceptionally(closed());
    }

    CompletionStage<Mesh> stage() {
        return future.minimalCompletionStage();
    }

    /** @param missing everything that is not there yet */
    void await(Duration atMost, Supplier<String> missing) {
        try {
            future.get(Durations.nanos(atMost), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new MeshException.NotReady(
                    "not ready after " + Durations.say(Durations.nanos(atMost)) + ": " + missing.get());
        } catch (ExecutionException e) {
            throw closed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeshException.NotReady("interrupted before it was ready: " + missing.get());
        }
    }

    private static MeshException.Closed closed() {
        return new MeshException.Closed("the mesh is closed");
    }
}
