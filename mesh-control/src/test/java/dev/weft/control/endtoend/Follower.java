package dev.weft.control.endtoend;

import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.Locality;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import dev.weft.runtime.World;
import dev.weft.xds.AnnouncedPort;
import dev.weft.xds.Bootstrap;
import dev.weft.xds.Node;
import dev.weft.xds.XdsOptions;
import dev.weft.xds.XdsSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A process of a mesh, as far as its control plane sees it, with every snapshot it was given. */
final class Follower implements AutoCloseable {
    final XdsSource source;
    final List<MeshSnapshot> snapshots = new CopyOnWriteArrayList<>();

    Follower(String controlPlane, XdsOptions options, String service, String version) {
        Node node = new Node(
                service,
                "default",
                service,
                service + "-" + version,
                "127.0.0.1",
                Map.of("app", service, "version", version),
                Locality.NONE);
        source = XdsSource.create(new Bootstrap(List.of(controlPlane), node, null, options), World.system());
        source.subscribe(snapshots::add);
        source.start();
    }

    Follower serving(int port) {
        source.announce(List.of(new AnnouncedPort("http", "http", 9080, "127.0.0.1", port)));
        return this;
    }

    MeshSnapshot last() {
        return snapshots.get(snapshots.size() - 1);
    }

    @Nullable
    VirtualHost host(String name) {
        if (snapshots.isEmpty()) {
            return null;
        }
        for (List<VirtualHost> hosts : last().ports().values()) {
            for (VirtualHost host : hosts) {
                if (host.name().equals(name)) {
                    return host;
                }
            }
        }
        return null;
    }

    boolean isLoaded(String name) {
        VirtualHost host = host(name);
        return host != null && host.loaded();
    }

    /** Clusters that the host's first route chooses from. */
    List<String> choices(String name) {
        VirtualHost host = host(name);
        return host == null || host.routes().isEmpty()
                ? List.of()
                : clusters(host.routes().get(0)).stream()
                        .map(WeightedCluster::cluster)
                        .toList();
    }

    /** Ports of the endpoints of a cluster that may be called. */
    List<Integer> ports(String cluster) {
        ClusterLoadAssignment assignment = last().endpoints().get(cluster);
        return assignment == null
                ? List.of()
                : assignment.localities().stream()
                        .flatMap(locality -> locality.endpoints().stream())
                        .filter(endpoint -> endpoint.health() == Endpoint.Health.HEALTHY)
                        .map(Endpoint::port)
                        .sorted()
                        .toList();
    }

    /** Clusters that a loaded host of some snapshot named while they, or their endpoints, were not in it. */
    List<String> broken() {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.ports().values().stream()
                        .flatMap(List::stream)
                        .flatMap(host -> host.routes().stream())
                        .flatMap(route -> clusters(route).stream())
                        .map(WeightedCluster::cluster)
                        .filter(name -> !name.equals(MeshSnapshot.PASSTHROUGH_CLUSTER))
                        .filter(name -> !snapshot.clusters().containsKey(name)
                                || !snapshot.endpoints().containsKey(name))
                        .map(name -> snapshot.version() + ": " + name))
                .toList();
    }

    private static List<WeightedCluster> clusters(Route route) {
        return route.action() instanceof RouteAction.Forward forward ? forward.clusters() : List.of();
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within 30 s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
