package dev.weft.control.explain;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.Mirror;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.xds.SnapshotAssembler;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads a view as a client of the library would, without a stream between the two. For one thread. */
public final class ClientSide {
    private final View view;
    private final Predicate<String> reachable;
    private final SnapshotAssembler assembler = new SnapshotAssembler();

    /** Knows the index of names, and so far nothing else. */
    public ClientSide(View view) {
        this(view, cluster -> true);
    }

    /** @param reachable of a cluster's name: whether its endpoints are told; otherwise it has none */
    public ClientSide(View view, Predicate<String> reachable) {
        this.view = view;
        this.reachable = reachable;
        view.wildcard(ResourceType.VIRTUAL_HOST).values().forEach(this::put);
    }

    /**
     * Asks for the routes of an indexed virtual host, and for the clusters they name.
     *
     * @return the names of what was asked for
     */
    public Set<String> load(String virtualHost) {
        TreeSet<String> names = new TreeSet<>();
        names.add(virtualHost);
        put(ResourceType.LISTENER, virtualHost);
        put(ResourceType.ROUTE, virtualHost);
        for (String cluster : clusters(virtualHost)) {
            names.add(cluster);
            put(ResourceType.CLUSTER, cluster);
            if (reachable.test(cluster)) {
                put(ResourceType.ENDPOINT, cluster);
            }
        }
        return names;
    }

    /** Asks for the routes of every virtual host. */
    public void loadAll() {
        for (List<VirtualHost> hosts : snapshot().ports().values()) {
            for (VirtualHost host : hosts) {
                if (!host.loaded()) {
                    load(host.name());
                }
            }
        }
    }

    /** What is known now. */
    public MeshSnapshot snapshot() {
        return assembler.assemble("offline", MeshSnapshot.Source.STATIC, 0);
    }

    private void put(ResourceType type, String name) {
        Resource resource = view.resource(type, name);
        if (resource != null) {
            put(resource);
        }
    }

    private void put(Resource resource) {
        assembler.put(
                resource.body().getTypeUrl(),
                resource.name(),
                resource.body().getValue().toByteArray());
    }

    private Set<String> clusters(String virtualHost) {
        TreeSet<String> clusters = new TreeSet<>();
        for (List<VirtualHost> port : snapshot().ports().values()) {
            for (VirtualHost host : port) {
                if (host.name().equals(virtualHost)) {
                    host.routes().forEach(route -> addClusters(route, clusters));
                }
            }
        }
        return clusters;
    }

    private static void addClusters(Route route, Set<String> clusters) {
        if (route.action() instanceof RouteAction.Forward forward) {
            forward.clusters().stream().map(WeightedCluster::cluster).forEach(clusters::add);
            forward.mirrors().stream().map(Mirror::cluster).forEach(clusters::add);
        }
    }
}
