package dev.weft;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** At most one mesh of the process, for what is found by name and handed no mesh. */
final class GlobalMesh {
    private static final AtomicReference<@Nullable Mesh> GLOBAL = new AtomicReference<>();

    private GlobalMesh() {}

    static Optional<Mesh> current() {
        return Optional.ofNullable(GLOBAL.get());
    }

    /** @throws IllegalStateException if there is another one */
    static void set(Mesh mesh) {
        Mesh before = GLOBAL.compareAndExchange(null, mesh);
        if (before != null && before != mesh) {
            throw new IllegalStateException("the mesh of " + before.workload().service()
                    + " is the global one already; close it before the mesh of "
                    + mesh.workload().service() + " takes its place, or wrap clients with that mesh itself");
        }
    }

    /** It is closed. */
    static void forget(Mesh mesh) {
        GLOBAL.compareAndSet(mesh, null);
    }
}
