package dev.weft.control.catalog;

import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.WorkloadEntry;
import dev.weft.control.registry.Registration;
import dev.weft.control.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind the services. A service whose workloads have not changed keeps the same list instance from one snapshot of the
 * registry to the next, so that its endpoints need not be written anew.
 */
public final class Workloads {
    private final IstioConfig config;
    private final RegistrySnapshot registry;
    private final Map<Key, List<Workload>> byService = new HashMap<>();

    private Workloads(IstioConfig config, RegistrySnapshot registry) {
        this.config = config;
        this.registry = registry;
    }

    /** The workloads of a service, in a stable order. */
    public List<Workload> of(Service service) {
        return byService.getOrDefault(Key.of(service), List.of());
    }

    /**
     * Finds the workloads of all services.
     *
     * @param earlier of the snapshot before, for what has not changed
     */
    static Workloads collect(
            Iterable<Service> services, IstioConfig config, RegistrySnapshot registry, @Nullable Workloads earlier) {
        Workloads result = new Workloads(config, registry);
        Map<String, List<Workload>> candidates = new HashMap<>();
        for (Service service : services) {
            if (earlier != null && service.selector() == null && earlier.sameInput(service, config, registry)) {
                result.byService.put(Key.of(service), earlier.of(service));
                continue;
            }
            List<Workload> now = result.behind(service, candidates);
            List<Workload> before = earlier == null ? List.of() : earlier.of(service);
            result.byService.put(Key.of(service), now.equals(before) ? before : now);
        }
        return result;
    }

    private boolean sameInput(Service service, IstioConfig newConfig, RegistrySnapshot newRegistry) {
        return config == newConfig
                && byService.containsKey(Key.of(service))
                && registry.instances(service.namespace(), service.name())
                        == newRegistry.instances(service.namespace(), service.name());
    }

    private List<Workload> behind(Service service, Map<String, List<Workload>> candidates) {
        List<Workload> found = new ArrayList<>(service.declared());
        List<Registration> own = registry.instances(service.namespace(), service.name());
        own.forEach(instance -> found.add(Workload.of(instance)));
        Map<String, String> selector = service.selector();
        if (selector != null) {
            for (Workload candidate : candidates.computeIfAbsent(service.namespace(), this::inNamespace)) {
                if (candidate.has(selector) && !found.contains(candidate)) {
                    found.add(candidate);
                }
            }
        }
        return List.copyOf(found);
    }

    private List<Workload> inNamespace(String namespace) {
        List<Workload> found = new ArrayList<>();
        for (Resource<WorkloadEntry> entry : config.workloadEntries()) {
            if (entry.meta().namespace().equals(namespace)) {
                found.add(Workload.of(entry.meta(), entry.spec()));
            }
        }
        registry.services().forEach((key, instances) -> {
            if (key.namespace().equals(namespace)) {
                instances.forEach(instance -> found.add(Workload.of(instance)));
            }
        });
        found.sort(Comparator.comparing(Workload::name));
        return found;
    }

    private record Key(String host, String namespace) {
        static Key of(Service service) {
            return new Key(service.host(), service.namespace());
        }
    }
}
