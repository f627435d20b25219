package dev.weft.xds;

import dev.weft.config.Cluster;
import dev.weft.config.RouteConfiguration;
import dev.weft.xds.reader.ClusterReader;
import dev.weft.xds.reader.ListenerReader;
import dev.weft.xds.reader.ReadListener;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which names follow from what is here: route configurations from listeners, clusters from routes, endpoints from clusters.
 * Keeps the names of virtual hosts that were used. Control thread only.
 */
final class Interest {
    private final ReadResources resources;
    private final Set<String> used = new LinkedHashSet<>();
    private boolean serving;

    Interest(ReadResources resources) {
        this.resources = resources;
    }

    /** Remembers a virtual host by its resource name; false if it was known. */
    boolean use(String host) {
        return used.add(host);
    }

    /** Remembers that the process takes requests; false if that was known. */
    boolean serve() {
        boolean news = !serving;
        serving = true;
        return news;
    }

    /** The listener for requests that come in, by its name in mesh-control, if the process takes any or an earlier run did. */
    Set<String> inbound() {
        return serving || resources.listeners.containsKey(ListenerReader.INBOUND)
                ? Set.of(ListenerReader.INBOUND)
                : Set.of();
    }

    /** Virtual hosts that were used, in this run or an earlier one. */
    Set<String> used() {
        return Set.copyOf(used);
    }

    /** Used hosts to ask for; those that a complete index does not name are not asked for until it does. */
    Set<String> hosts(boolean indexComplete) {
        Set<String> hosts = new TreeSet<>(used);
        if (indexComplete) {
            hosts.retainAll(resources.index.keySet());
        }
        return hosts;
    }

    /** Route configurations that listeners name. */
    Set<String> routes() {
        Set<String> names = new TreeSet<>();
        for (ReadListener listener : resources.listeners.values()) {
            names.addAll(listener.routeNames());
        }
        return names;
    }

    /** Clusters that the newest route tables name. */
    Set<String> clusters() {
        Set<String> names = new HashSet<>();
        for (RouteConfiguration table : resources.routes.values()) {
            names.addAll(RouteTables.clusters(table));
        }
        for (ReadListener listener : resources.listeners.values()) {
            for (RouteConfiguration table : listener.inline()) {
                names.addAll(RouteTables.clusters(table));
            }
        }
        return names;
    }

    /** Endpoints of the clusters that are here. */
    Set<String> endpoints() {
        Set<String> names = new TreeSet<>();
        for (ClusterReader.WithEndpoints cluster : resources.clusters.values()) {
            if (cluster.cluster().discovery() == Cluster.Discovery.EDS) {
                names.add(cluster.cluster().edsName());
            }
        }
        return names;
    }
}
