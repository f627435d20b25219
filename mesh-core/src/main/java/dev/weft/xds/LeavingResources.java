package dev.weft.xds;

import dev.weft.config.ClusterLoadAssignment;
import dev.weft.xds.reader.ClusterReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Clusters and endpoints that were taken away while routes in force still need them: break after make. Whoever takes them
 * away sees to it that they do not stay for ever. Control thread only.
 */
final class LeavingResources {
    private final ReadResources resources;
    private final RouteTables tables;
    private final Map<String, ClusterReader.WithEndpoints> clusters = new HashMap<>();
    private final Map<String, ClusterLoadAssignment> endpoints = new HashMap<>();

    LeavingResources(ReadResources resources, RouteTables tables) {
        this.resources = resources;
        this.tables = tables;
    }

    Map<String, ClusterReader.WithEndpoints> clusters() {
        return clusters;
    }

    Map<String, ClusterLoadAssignment> endpoints() {
        return endpoints;
    }

    /** Takes a resource away; true if it stays here for now. */
    boolean take(ResourceType type, String name) {
        if (type == ResourceType.CLUSTER) {
            ClusterReader.WithEndpoints cluster = resources.clusters.remove(name);
            if (cluster != null && tables.namedInForce().contains(name)) {
                clusters.put(name, cluster);
                return true;
            }
        } else if (type == ResourceType.ENDPOINT) {
            ClusterLoadAssignment assignment = resources.endpoints.remove(name);
            if (assignment != null && edsNamesInForce().contains(name)) {
                endpoints.put(name, assignment);
                return true;
            }
        } else {
            resources.of(type).remove(name);
        }
        return false;
    }

    /** Ends the stay of a resource. */
    void letGo(ResourceType type, String name) {
        if (type == ResourceType.CLUSTER) {
            clusters.remove(name);
        } else if (type == ResourceType.ENDPOINT) {
            endpoints.remove(name);
        }
    }

    /** Lets go what the routes in force do not name any more. */
    void letGoUnneeded() {
        if (!clusters.isEmpty()) {
            clusters.keySet().retainAll(tables.namedInForce());
        }
        if (!endpoints.isEmpty()) {
            endpoints.keySet().retainAll(edsNamesInForce());
        }
    }

    /** Endpoints of the clusters that routes in force name, whether those are here to stay or leaving. */
    private Set<String> edsNamesInForce() {
        Set<String> names = new HashSet<>();
        for (String cluster : tables.namedInForce()) {
            ClusterReader.WithEndpoints here = resources.clusters.getOrDefault(cluster, clusters.get(cluster));
            if (here != null) {
                names.add(here.cluster().edsName());
            }
        }
        return names;
    }
}
