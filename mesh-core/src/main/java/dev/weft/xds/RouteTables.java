package dev.weft.xds;

import dev.weft.config.Cluster;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Mirror;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteConfiguration;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import dev.weft.xds.reader.ClusterReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The route tables in force. A table that names a cluster which was asked for and is not here yet waits, and the one before
 * it stays in force: make before break. How long it may wait is {@link Expectations}' affair.
 */
final class RouteTables {
    private final ReadResources resources;
    private final Expectations expectations;
    private final Map<String, RouteConfiguration> inForce = new HashMap<>();
    private final Set<String> touched = new HashSet<>();

    RouteTables(ReadResources resources, Expectations expectations) {
        this.resources = resources;
        this.expectations = expectations;
    }

    /** Begins a new snapshot. */
    void begin() {
        touched.clear();
    }

    /** Ends it: forgets tables that nobody asked for since {@link #begin}. */
    void end() {
        inForce.keySet().retainAll(touched);
    }

    /**
     * The table of that key, or null if there is none that could be in force.
     *
     * @param newest the latest accepted, or null if there is none
     */
    @Nullable
    RouteConfiguration resolve(String key, @Nullable RouteConfiguration newest) {
        if (newest == null) {
            return null;
        }
        touched.add(key);
        RouteConfiguration current = inForce.get(key);
        if (newest == current) {
            return current;
        }
        if (isWaiting(newest)) {
            return current;
        }
        inForce.put(key, newest);
        return newest;
    }

    /** Whether a table names a cluster that has to be waited for. */
    boolean isWaiting(RouteConfiguration table) {
        return clusters(table).stream().anyMatch(this::isAwaited);
    }

    /** Clusters that the tables in force name. */
    Set<String> namedInForce() {
        Set<String> names = new HashSet<>();
        inForce.values().forEach(table -> names.addAll(clusters(table)));
        return names;
    }

    private boolean isAwaited(String name) {
        ClusterReader.WithEndpoints cluster = resources.clusters.get(name);
        if (cluster == null) {
            return expectations.pending(ResourceType.CLUSTER, name);
        }
        String eds = cluster.cluster().edsName();
        return cluster.cluster().discovery() == Cluster.Discovery.EDS
                && !resources.endpoints.containsKey(eds)
                && expectations.pending(ResourceType.ENDPOINT, eds);
    }

    /** Every cluster that a table names, but for the one that lets calls pass. */
    static Set<String> clusters(RouteConfiguration table) {
        Set<String> names = new HashSet<>();
        for (VirtualHost host : table.virtualHosts()) {
            for (Route route : host.routes()) {
                if (route.action() instanceof RouteAction.Forward forward) {
                    for (WeightedCluster choice : forward.clusters()) {
                        names.add(choice.cluster());
                    }
                    for (Mirror mirror : forward.mirrors()) {
                        names.add(mirror.cluster());
                    }
                }
            }
        }
        names.remove(MeshSnapshot.PASSTHROUGH_CLUSTER);
        return names;
    }
}
