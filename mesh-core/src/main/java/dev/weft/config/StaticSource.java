package dev.weft.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@link SnapshotSource} for tests and tools. Snapshots are delivered on the thread that sets them. Thread-safe. */
public final class StaticSource implements SnapshotSource {
    private final List<VirtualHost> requested = new ArrayList<>();
    private MeshSnapshot snapshot;
    private @Nullable Consumer<MeshSnapshot> listener;

    StaticSource(MeshSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Replaces the snapshot and delivers it. */
    public synchronized void set(MeshSnapshot next) {
        snapshot = next;
        if (listener != null) {
            listener.accept(next);
        }
    }

    /** The virtual hosts asked for so far. */
    public synchronized List<VirtualHost> requested() {
        return List.copyOf(requested);
    }

    @Override
    public synchronized void subscribe(Consumer<MeshSnapshot> newListener) {
        listener = newListener;
        newListener.accept(snapshot);
    }

    @Override
    public synchronized void request(VirtualHost host) {
        requested.add(host);
    }
}
