package dev.weft;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import java.util.List;
import java.util.function.Consumer;

/** A control plane that is none: the application's own source of snapshots, always there and always fresh. */
final class HandWritten implements ControlPlane {
    private final SnapshotSource source;

    HandWritten(SnapshotSource source) {
        this.source = source;
    }

    @Override
    public void subscribe(Consumer<MeshSnapshot> listener) {
        source.subscribe(listener);
    }

    @Override
    public void request(VirtualHost host) {
        source.request(host);
    }

    @Override
    public Status status() {
        return new Status(true, "", "", 0, List.of());
    }
}
