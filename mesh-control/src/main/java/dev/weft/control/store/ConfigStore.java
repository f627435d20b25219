package dev.weft.control.store;

import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import java.util.List;
import java.util.function.Consumer;

/** Holds the configuration in force and tells of changes. Thread-safe. */
public interface ConfigStore {

    /** The configuration in force now; never waits. */
    ConfigSnapshot snapshot();

    /**
     * Tells of each new snapshot from now on, one at a time and in order, on a thread of the store that must not be held up
     * for long. The current snapshot is not told.
     *
     * @return ends the telling; harmless when called again
     */
    Runnable onChange(Consumer<ConfigSnapshot> listener);

    /** A configuration that never changes, for tests and for tools that read once. */
    static ConfigStore of(IstioConfig config, MeshConfig mesh) {
        return new FixedConfigStore(new ConfigSnapshot("fixed", config, mesh, List.of()));
    }
}
