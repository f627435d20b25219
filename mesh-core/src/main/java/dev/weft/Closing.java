package dev.weft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Closes once. Who comes second waits until the first is done, because a shutdown hook that returned early would end the JVM in
 * the middle of a drain; only the closing thread itself, coming back through a part that it closes, does not wait.
 */
final class Closing {
    private final Runnable end;
    private final AtomicReference<@Nullable Thread> closer = new AtomicReference<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    // Written by the closing thread when new calls are to be refused; read by anybody.
    private volatile boolean over;

    // Written before the mesh is handed out; read by the closing thread.
    private volatile @Nullable Thread hook;

    Closing(Runnable end) {
        this.end = end;
    }

    void close() {
        if (closer.compareAndSet(null, Thread.currentThread())) {
            try {
                end.run();
            } finally {
                over = true;
                done.complete(null);
                forgetHook();
            }
        } else if (closer.get() != Thread.currentThread()) {
            done.join();
        }
    }

    /** From here on the mesh is closed for everybody. */
    void over() {
        over = true;
    }

    boolean closed() {
        return over;
    }

    /** @throws MeshException.Closed if it is */
    void check() {
        if (over) {
            throw new MeshException.Closed("the mesh is closed");
        }
    }

    void onShutdown(Mesh mesh) {
        Thread thread = new Thread(mesh::close, "weft-shutdown");
        hook = thread;
        Runtime.getRuntime().addShutdownHook(thread);
    }

    private void forgetHook() {
        Thread thread = hook;
        if (thread != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(thread);
            } catch (IllegalStateException e) {
                // The JVM is going down already and the hook with it.
            }
        }
    }
}
