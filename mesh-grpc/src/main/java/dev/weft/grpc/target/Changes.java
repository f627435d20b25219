package dev.weft.grpc.target;

import dev.weft.Mesh;
import io.grpc.NameResolver;
import io.grpc.SynchronizationContext;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells a resolver of new configuration, within its channel's synchronization context; once for all changes that come meanwhile. The mesh's
 * control thread only leaves word: what a channel does then may run the user's code.
 */
final class Changes {
    private final SynchronizationContext sync;
    private final Executor offload;
    private final Runnable listener;
    private final AtomicBoolean coming = new AtomicBoolean();

    // Within the synchronization context.
    private @Nullable Mesh followed;
    private Runnable end = () -> {};

    Changes(NameResolver.Args args, Runnable listener) {
        sync = args.getSynchronizationContext();
        Executor given = args.getOffloadExecutor();
        offload = given == null ? args.getScheduledExecutorService() : given;
        this.listener = listener;
    }

    /** Of this mesh, and of no other any more. */
    void follow(Mesh mesh) {
        if (mesh != followed) {
            end.run();
            followed = mesh;
            end = mesh.outbound().onChange(this::soon);
        }
    }

    /** From any thread. */
    void soon() {
        if (coming.compareAndSet(false, true)) {
            try {
                offload.execute(() -> sync.execute(this::now));
            } catch (RejectedExecutionException e) {
                // The user's own executor, and he has ended it; the channel goes on with what it has.
                coming.set(false);
            }
        }
    }

    private void now() {
        coming.set(false);
        listener.run();
    }

    void stop() {
        end.run();
        end = () -> {};
        followed = null;
    }
}
