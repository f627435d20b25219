package dev.weft.config;

import java.util.function.Consumer;

/**
 * Where the engine gets its configuration: the xDS client, or a test. Calls its listener on one thread at a time, never
 * concurrently; that thread is the engine's control thread.
 */
public interface SnapshotSource {

    /** Delivers the current snapshot, if there is one, and then every newer one. One listener; called once. */
    void subscribe(Consumer<MeshSnapshot> listener);

    /**
     * Asks for the routes of an indexed virtual host. Returns at once; the answer is a later snapshot in which the host is
     * loaded. Harmless when asked before. From any thread.
     */
    void request(VirtualHost host);

    /** A source whose snapshots are set by hand. */
    static StaticSource of(MeshSnapshot snapshot) {
        return new StaticSource(snapshot);
    }
}
