package dev.weft.xds;

import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.ConfigProblem;
import dev.weft.config.RouteConfiguration;
import dev.weft.config.VirtualHost;
import dev.weft.xds.reader.ClusterReader;
import dev.weft.xds.reader.EndpointReader;
import dev.weft.xds.reader.ListenerReader;
import dev.weft.xds.reader.Read;
import dev.weft.xds.reader.ReadListener;
import dev.weft.xds.reader.RouteReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The accepted resources by name, read. A resource that comes again unchanged stays the same instance. */
final class ReadResources {
    // Sorted, so that the same set gives the same snapshot in whatever order it came.
    final Map<String, ReadListener> listeners = new TreeMap<>();
    final Map<String, RouteConfiguration> routes = new TreeMap<>();
    final Map<String, ClusterReader.WithEndpoints> clusters = new TreeMap<>();
    final Map<String, ClusterLoadAssignment> endpoints = new TreeMap<>();
    final Map<String, VirtualHost> index = new TreeMap<>();

    List<ConfigProblem> put(ResourceType type, String name, byte[] value) {
        return switch (type) {
            case CLUSTER -> keep(clusters, name, ClusterReader.read(name, value));
            case ENDPOINT -> keep(endpoints, name, EndpointReader.read(name, value));
            case LISTENER -> keep(listeners, name, ListenerReader.read(name, value));
            case ROUTE -> keep(routes, name, RouteReader.read(name, value));
            case VIRTUAL_HOST -> keep(index, name, RouteReader.readVirtualHost(name, value));
        };
    }

    private static <T> List<ConfigProblem> keep(Map<String, T> kept, String name, Read<T> read) {
        T value = read.value();
        if (value != null && !value.equals(kept.get(name))) {
            kept.put(name, value);
        }
        return read.problems();
    }

    Map<String, ?> of(ResourceType type) {
        return switch (type) {
            case CLUSTER -> clusters;
            case ENDPOINT -> endpoints;
            case LISTENER -> listeners;
            case ROUTE -> routes;
            case VIRTUAL_HOST -> index;
        };
    }
}
