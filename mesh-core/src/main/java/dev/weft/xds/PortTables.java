package dev.weft.xds;

import dev.weft.config.VirtualHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Virtual hosts by port, while a snapshot is put together. A domain belongs to the first virtual host that has it. Lists
 * and hosts that come out as before are the instances of before.
 */
final class PortTables {
    private Map<Integer, List<VirtualHost>> previous = Map.of();
    private Map<VirtualHost, VirtualHost> trimmed = new IdentityHashMap<>();
    private Map<VirtualHost, VirtualHost> trimmedBefore = Map.of();
    private final Map<Integer, List<VirtualHost>> building = new HashMap<>();
    private final Map<Integer, Set<String>> domains = new HashMap<>();

    void begin() {
        building.clear();
        domains.clear();
        trimmedBefore = trimmed;
        trimmed = new IdentityHashMap<>();
    }

    void add(int port, VirtualHost host) {
        Set<String> taken = domains.computeIfAbsent(port, p -> new HashSet<>());
        List<String> free = new ArrayList<>(host.domains().size());
        for (String domain : host.domains()) {
            if (taken.add(domain)) {
                free.add(domain);
            }
        }
        List<VirtualHost> hosts = building.computeIfAbsent(port, p -> new ArrayList<>());
        if (free.size() == host.domains().size()) {
            hosts.add(host);
        } else if (!free.isEmpty()) {
            hosts.add(trim(host, free));
        }
    }

    /** The host with these domains only; the same instance as last time if it was trimmed to the same. */
    private VirtualHost trim(VirtualHost host, List<String> free) {
        VirtualHost before = trimmedBefore.get(host);
        VirtualHost result = before != null && before.domains().equals(free) ? before : host.withDomains(free);
        trimmed.put(host, result);
        return result;
    }

    Map<Integer, List<VirtualHost>> end() {
        Map<Integer, List<VirtualHost>> result = new HashMap<>();
        building.forEach((port, hosts) -> {
            List<VirtualHost> before = previous.get(port);
            result.put(port, before != null && sameInstances(before, hosts) ? before : List.copyOf(hosts));
        });
        previous = result;
        return result;
    }

    private static boolean sameInstances(List<VirtualHost> a, List<VirtualHost> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i) != b.get(i)) {
                return false;
            }
        }
        return true;
    }
}
