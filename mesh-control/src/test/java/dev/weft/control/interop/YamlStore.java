package dev.weft.control.interop;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Configuration that is one text, replaced by the test. */
final class YamlStore implements ConfigStore {
    private final List<Consumer<ConfigSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private volatile ConfigSnapshot snapshot = ConfigSnapshot.EMPTY;
    private int revision;

    void set(String yaml) {
        IstioParser.File file = IstioParser.parse("greeter.yaml", yaml);
        List<Resource<?>> resources = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>(file.problems());
        for (Parsed parsed : file.documents()) {
            problems.addAll(parsed.problems());
            if (parsed.resource() != null) {
                resources.add(parsed.resource());
            }
        }
        assertThat(problems).isEmpty();
        ConfigSnapshot next =
                new ConfigSnapshot("r" + ++revision, IstioConfig.of(resources), MeshConfig.DEFAULT, List.of());
        snapshot = next;
        listeners.forEach(listener -> listener.accept(next));
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
