package dev.weft.control.explain;

import dev.weft.config.Encryption;
import dev.weft.config.Locality;
import dev.weft.control.catalog.Hosts;
import dev.weft.control.istio.DestinationRule;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.ServiceEntry;
import dev.weft.control.istio.VirtualService;
import dev.weft.control.registry.GracePeriods;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import dev.weft.control.registry.Registry;
import dev.weft.runtime.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The services that will register themselves, as far as rules give them away: offline there is no registry. A host that a
 * VirtualService or DestinationRule is about, and that no ServiceEntry declares, is presumed to be registered, with an instance for
 * each of its subsets.
 */
public final class Presumed {
    private static final String SUFFIX = ".svc." + Hosts.DOMAIN;
    /** Nobody connects there: an address of the documentation range. */
    private static final String ADDRESS = "192.0.2.1";

    private final Map<String, Map<String, Map<String, String>>> subsetsByHost = new TreeMap<>();

    public Presumed(IstioConfig config) {
        Set<String> declared = new HashSet<>();
        for (Resource<ServiceEntry> entry : config.serviceEntries()) {
            declared.addAll(entry.spec().hosts());
        }
        for (Resource<VirtualService> rule : config.virtualServices()) {
            rule.spec()
                    .hosts()
                    .forEach(host -> add(Hosts.resolve(host, rule.meta().namespace()), declared));
        }
        for (Resource<DestinationRule> rule : config.destinationRules()) {
            String host = Hosts.resolve(rule.spec().host(), rule.meta().namespace());
            add(host, declared);
            Map<String, Map<String, String>> subsets = subsetsByHost.get(host);
            if (subsets != null) {
                rule.spec().subsets().forEach(subset -> subsets.putIfAbsent(subset.name(), subset.labels()));
            }
        }
    }

    private void add(String host, Set<String> declared) {
        if (!declared.contains(host) && host.endsWith(SUFFIX) && parts(host).length == 2 && !Hosts.isWildcard(host)) {
            subsetsByHost.computeIfAbsent(host, key -> new LinkedHashMap<>());
        }
    }

    private static String[] parts(String host) {
        return host.substring(0, host.length() - SUFFIX.length()).split("\\.", -1);
    }

    /** The hosts that are presumed. */
    public List<String> hosts() {
        return List.copyOf(subsetsByHost.keySet());
    }

    /** The labels of each subset of a presumed host by the subset's name; empty where no DestinationRule names any. */
    public Map<String, Map<String, String>> subsets(String host) {
        return Map.copyOf(subsetsByHost.getOrDefault(host, Map.of()));
    }

    /** By this label policies select workloads, where nobody says otherwise. */
    private static Map<String, String> labels(String service, Map<String, String> subset) {
        Map<String, String> labels = new LinkedHashMap<>(subset);
        labels.putIfAbsent("app", service);
        return labels;
    }

    /** @param port on which they are presumed to serve */
    Registry registry(int port) {
        Registry registry = new Registry(World.system(), GracePeriods.DEFAULT);
        subsetsByHost.forEach((host, subsets) -> {
            String[] parts = parts(host);
            List<Map<String, String>> instances = new ArrayList<>(subsets.values());
            if (instances.isEmpty()) {
                instances.add(Map.of());
            }
            for (int i = 0; i < instances.size(); i++) {
                Registration instance = new Registration(
                        parts[0] + "-presumed-" + i,
                        1,
                        parts[1],
                        parts[0],
                        "",
                        labels(parts[0], instances.get(i)),
                        Locality.NONE,
                        List.of(new InstancePort("http", "HTTP", port, ADDRESS, port, Encryption.BOTH)),
                        Health.HEALTHY);
                registry.announce(instance, 1);
            }
        });
        return registry;
    }
}
