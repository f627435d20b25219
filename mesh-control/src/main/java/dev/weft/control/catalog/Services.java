package dev.weft.control.catalog;

import dev.weft.control.istio.MeshConfig;
import dev.weft.control.registry.Registration;
import dev.weft.control.registry.Registration.ServiceKey;
import dev.weft.control.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All services by host. A host that several namespaces declare is several services; each caller sees one of them. */
public final class Services {
    private final Map<String, List<Service>> byHost;

    private Services(Map<String, List<Service>> byHost) {
        this.byHost = byHost;
    }

    /**
     * Joins what is declared and what is registered: a registered service that is declared too has the declaration's words and the
     * ports of both.
     *
     * @param earlier returned itself if nothing changed, so that identity tells
     */
    static Services join(
            List<Service> declared, RegistrySnapshot registry, MeshConfig mesh, @Nullable Services earlier) {
        Map<String, Service> all = new LinkedHashMap<>();
        declared.forEach(service -> all.put(service.namespace() + "/" + service.host(), service));
        Map<String, Map.Entry<ServiceKey, List<Registration>>> registered = new TreeMap<>();
        registry.vacant()
                .entrySet()
                .forEach(entry -> registered.put(entry.getKey().toString(), entry));
        registry.services()
                .entrySet()
                .forEach(entry -> registered.put(entry.getKey().toString(), entry));
        for (Map.Entry<ServiceKey, List<Registration>> entry : registered.values()) {
            ServiceKey key = entry.getKey();
            ExportTo exportTo = ExportTo.of(key.namespace(), List.of(), mesh.defaultServiceExportTo());
            Service service = RegisteredServices.of(key, entry.getValue(), exportTo);
            if (!service.ports().isEmpty()) {
                all.merge(service.namespace() + "/" + service.host(), service, DeclaredServices::merge);
            }
        }
        Map<String, List<Service>> byHost = new HashMap<>();
        all.values()
                .forEach(service -> byHost.computeIfAbsent(service.host(), host -> new ArrayList<>(1))
                        .add(service));
        return earlier != null && earlier.byHost.equals(byHost) ? earlier : new Services(byHost);
    }

    /** The service that a caller of that namespace knows by this host: his own namespace's, else the oldest he may see. */
    public @Nullable Service visible(String host, String namespace) {
        Service found = null;
        for (Service service : byHost.getOrDefault(host, List.of())) {
            if (service.exportTo().includes(namespace)) {
                if (service.namespace().equals(namespace)) {
                    return service;
                }
                found = found == null ? service : found;
            }
        }
        return found;
    }

    /** Everything that a caller of that namespace may see, in order of host. */
    public Collection<Service> visible(String namespace) {
        Map<String, Service> found = new TreeMap<>();
        for (String host : byHost.keySet()) {
            Service service = visible(host, namespace);
            if (service != null) {
                found.put(host, service);
            }
        }
        return found.values();
    }

    Iterable<Service> all() {
        List<Service> all = new ArrayList<>();
        byHost.values().forEach(all::addAll);
        return all;
    }
}
