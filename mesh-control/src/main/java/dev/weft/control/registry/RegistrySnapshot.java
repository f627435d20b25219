package dev.weft.control.registry;

import dev.weft.control.registry.Registration.ServiceKey;
import java.util.List;
import java.util.Map;

/**
 * All instances at one moment.
 *
 * @param revision grows by at least one with every change; starts anew with the process
 * @param services instances by service, sorted by instance id, so that equal content reads equally; services without
 *     instances are absent
 * @param vacant the last instances of services that have none any more and whose names are kept for them
 */
public record RegistrySnapshot(
        long revision, Map<ServiceKey, List<Registration>> services, Map<ServiceKey, List<Registration>> vacant) {

    /** Nobody yet. */
    public static final RegistrySnapshot EMPTY = new RegistrySnapshot(0, Map.of(), Map.of());

    /** The instances of a service; empty if it has none. */
    public List<Registration> instances(String namespace, String service) {
        return services.getOrDefault(new ServiceKey(namespace, service), List.of());
    }
}
