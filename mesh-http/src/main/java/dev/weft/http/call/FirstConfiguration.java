package dev.weft.http.call;

import dev.weft.Mesh;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * For clients that must know before a call begins whether its host is the mesh's, because they cannot take it back later: without any
 * configuration nobody can tell. Safe for use from any thread.
 */
public record FirstConfiguration(Mesh mesh, Outbound outbound) {

    public static FirstConfiguration of(Mesh mesh) {
        return new FirstConfiguration(mesh, Outbound.of(mesh));
    }

    /** Whether {@link Outbound#takes} says yes only because nobody can tell. */
    public boolean isAwaited(String authority, String scheme) {
        return outbound.takes(authority, scheme) && !outbound.engine().knows(authority, scheme);
    }

    /**
     * Runs a task when the mesh is ready, or when that has been waited for as long as a call would; on a thread where it must not
     * block.
     */
    public void await(Runnable task) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable once = () -> {
            if (begun.compareAndSet(false, true)) {
                task.run();
            }
        };
        outbound.world().timer().schedule(outbound.engine().holdNanos(), once);
        mesh.ready().whenComplete((ready, failure) -> once.run());
    }
}
