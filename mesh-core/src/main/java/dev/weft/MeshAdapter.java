package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Teaches a mesh to wrap the clients and guard the servers of one library. Found with {@link java.util.ServiceLoader}. An
 * adapter that could not give back an object of the static type that the user has (his own subclass) answers with null
 * rather than with something that would fail a cast. Implementations must be safe for use from any thread.
 */
public interface MeshAdapter {

    /** What it is for, as people name it: {@code JDK HttpClient}. */
    String name();

    /**
     * A client whose calls to mesh hosts go through the mesh, and whose other calls go through {@code client} untouched.
     *
     * @return null: not mine
     */
    default @Nullable Object wrap(Mesh mesh, Object client) {
        return null;
    }

    /**
     * A server whose requests pass the mesh before their handlers run.
     *
     * @return null: not mine
     */
    default @Nullable Object guard(Mesh mesh, Object server) {
        return null;
    }
}
