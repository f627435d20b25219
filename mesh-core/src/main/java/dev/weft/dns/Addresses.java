package dev.weft.dns;

import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.ClusterLoadAssignment.LocalityEndpoints;
import dev.weft.config.Endpoint;
import dev.weft.config.MeshSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts addresses in the place of names. An assignment whose addresses are what they were is the same instance as before, so
 * that whoever compares by identity sees no change. Not thread-safe.
 */
final class Addresses {
    private final Function<String, List<String>> known;
    private Map<String, Resolved> before = Map.of();

    /** @param known addresses of a name; empty = none yet */
    Addresses(Function<String, List<String>> known) {
        this.known = known;
    }

    private record Resolved(
            ClusterLoadAssignment said,
            Cluster.Discovery how,
            Map<String, List<String>> with,
            ClusterLoadAssignment is) {}

    /** The names that this snapshot wants to have looked up. */
    static Set<String> names(MeshSnapshot snapshot) {
        Set<String> names = new LinkedHashSet<>();
        for (Cluster cluster : snapshot.clusters().values()) {
            ClusterLoadAssignment said = named(cluster, snapshot);
            if (said != null) {
                names.addAll(names(said));
            }
        }
        return names;
    }

    /** The same snapshot if it has no names. */
    MeshSnapshot in(MeshSnapshot snapshot) {
        Map<String, Resolved> now = new HashMap<>();
        for (Cluster cluster : snapshot.clusters().values()) {
            ClusterLoadAssignment said = named(cluster, snapshot);
            if (said != null) {
                now.put(cluster.edsName(), resolve(cluster, said));
            }
        }
        before = now;
        if (now.isEmpty()) {
            return snapshot;
        }
        Map<String, ClusterLoadAssignment> endpoints = new HashMap<>(snapshot.endpoints());
        now.forEach((name, resolved) -> endpoints.put(name, resolved.is));
        return new MeshSnapshot(
                snapshot.version(),
                snapshot.ports(),
                snapshot.clusters(),
                endpoints,
                snapshot.source(),
                snapshot.acceptedMillis(),
                snapshot.inbound());
    }

    private Resolved resolve(Cluster cluster, ClusterLoadAssignment said) {
        Map<String, List<String>> with = new HashMap<>();
        Resolved earlier = before.get(cluster.edsName());
        for (String name : names(said)) {
            List<String> all = known.apply(name);
            with.put(name, cluster.discovery() == Cluster.Discovery.LOGICAL_DNS ? one(name, all, earlier) : all);
        }
        if (earlier != null
                && earlier.said == said
                && earlier.how == cluster.discovery()
                && earlier.with.equals(with)) {
            return earlier;
        }
        List<LocalityEndpoints> localities = said.localities().stream()
                .map(locality -> new LocalityEndpoints(
                        locality.locality(),
                        locality.priority(),
                        locality.weight(),
                        endpoints(locality.endpoints(), with)))
                .toList();
        return new Resolved(
                said,
                cluster.discovery(),
                with,
                new ClusterLoadAssignment(said.cluster(), localities, said.overprovisioningPercent()));
    }

    /** A logical name has one address; the one it had is kept as long as it is among the answers. */
    private static List<String> one(String name, List<String> all, @Nullable Resolved earlier) {
        List<String> had = earlier == null ? List.of() : earlier.with.getOrDefault(name, List.of());
        if (!had.isEmpty() && all.contains(had.get(0))) {
            return had;
        }
        return all.isEmpty() ? List.of() : List.of(all.get(0));
    }

    private static List<Endpoint> endpoints(List<Endpoint> said, Map<String, List<String>> with) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Endpoint endpoint : said) {
            if (!isName(endpoint.address())) {
                endpoints.add(endpoint);
                continue;
            }
            for (String address : with.getOrDefault(endpoint.address(), List.of())) {
                endpoints.add(new Endpoint(
                        address,
                        endpoint.port(),
                        endpoint.health(),
                        endpoint.weight(),
                        endpoint.hostname().isEmpty() ? endpoint.address() : endpoint.hostname(),
                        endpoint.metadata()));
            }
        }
        return endpoints;
    }

    private static @Nullable ClusterLoadAssignment named(Cluster cluster, MeshSnapshot snapshot) {
        boolean byName = cluster.discovery() == Cluster.Discovery.STRICT_DNS
                || cluster.discovery() == Cluster.Discovery.LOGICAL_DNS;
        return byName ? snapshot.endpoints().get(cluster.edsName()) : null;
    }

    private static Set<String> names(ClusterLoadAssignment said) {
        Set<String> names = new LinkedHashSet<>();
        for (LocalityEndpoints locality : said.localities()) {
            for (Endpoint endpoint : locality.endpoints()) {
                if (isName(endpoint.address())) {
                    names.add(endpoint.address());
                }
            }
        }
        return names;
    }

    /** Neither an IP literal nor a path. */
    private static boolean isName(String address) {
        return !address.startsWith("unix:") && address.indexOf(':') < 0 && !address.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }
}
