package dev.weft.control.registry;

import dev.weft.control.registry.Registration.Key;
import dev.weft.control.registry.Registration.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the next snapshot; services that were not touched keep their lists. */
final class Snapshots {
    private Snapshots() {}

    static RegistrySnapshot rebuild(
            RegistrySnapshot previous,
            Collection<Registration> touched,
            Map<Key, Entry> entries,
            Vacancies vacancies,
            long nowNanos) {
        Set<ServiceKey> changed = new HashSet<>();
        Set<Key> suspects = new HashSet<>();
        for (Registration registration : touched) {
            changed.add(registration.serviceKey());
            suspects.add(registration.key());
        }
        for (ServiceKey service : changed) {
            previous.services().getOrDefault(service, List.of()).forEach(instance -> suspects.add(instance.key()));
        }
        Map<ServiceKey, List<Registration>> fresh = new HashMap<>();
        for (Key key : suspects) {
            Entry entry = entries.get(key);
            if (entry != null) {
                fresh.computeIfAbsent(entry.registration().serviceKey(), service -> new ArrayList<>())
                        .add(entry.registration());
            }
        }
        Map<ServiceKey, List<Registration>> services = new HashMap<>(previous.services());
        services.keySet().removeAll(changed);
        fresh.forEach((service, instances) -> {
            instances.sort(Comparator.comparing(Registration::instanceId));
            services.put(service, List.copyOf(instances));
        });
        for (ServiceKey service : changed) {
            vacancies.note(
                    service,
                    previous.services().getOrDefault(service, List.of()),
                    !services.containsKey(service),
                    nowNanos);
        }
        return new RegistrySnapshot(previous.revision() + 1, Collections.unmodifiableMap(services), vacancies.view());
    }
}
