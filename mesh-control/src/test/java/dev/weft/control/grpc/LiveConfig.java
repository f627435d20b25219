package dev.weft.control.grpc;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.IstioParser;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Parsed;
import dev.weft.control.istio.Resource;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.ConfigStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Istio YAML that a test changes, without the wait for a file to be left alone. */
final class LiveConfig implements ConfigStore {
    private final List<Consumer<ConfigSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private volatile ConfigSnapshot snapshot = ConfigSnapshot.EMPTY;
    private int revision;

    /** Puts these resources in the place of all others. */
    synchronized void set(String... yaml) {
        List<Resource<?>> resources = new ArrayList<>();
        IstioParser.File file = IstioParser.parse("scenario.yaml", String.join("\n---\n", yaml));
        fail(file.problems());
        for (Parsed parsed : file.documents()) {
            fail(parsed.problems());
            resources.add(parsed.resource());
        }
        snapshot = new ConfigSnapshot(
                String.valueOf(++revision), IstioConfig.of(resources), MeshConfig.DEFAULT, List.of());
        listeners.forEach(listener -> listener.accept(snapshot));
    }

    private static void fail(List<ConfigProblem> problems) {
        if (!problems.isEmpty()) {
            throw new AssertionError("the scenario's YAML is refused: " + problems);
        }
    }

    @Override
    public ConfigSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public Runnable onChange(Consumer<ConfigSnapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
