package dev.weft.benchmarks;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.HeaderOps;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.OutlierDetection;
import dev.weft.config.PathMatch;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Configurations of a given size, as Istio's defaults would make them. */
final class Meshes {
    private static final RetryPolicy ISTIO_RETRIES = new RetryPolicy(
            Set.of(
                    RetryOn.CONNECT_FAILURE,
                    RetryOn.REFUSED_STREAM,
                    RetryOn.UNAVAILABLE,
                    RetryOn.CANCELLED,
                    RetryOn.RETRIABLE_STATUS_CODES),
            Set.of(),
            2,
            null,
            Duration.ofMillis(25),
            Duration.ofMillis(250),
            true,
            5,
            0);

    private static final OutlierDetection ISTIO_OUTLIER = new OutlierDetection(
            5,
            100,
            0,
            0,
            false,
            5,
            100,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(300),
            10,
            false);

    private Meshes() {}

    /**
     * So many services on port 9080, each with two routes (a prefix and everything); all share one cluster of so many
     * endpoints.
     */
    static MeshSnapshot of(int hosts, int endpoints, LoadBalancingPolicy policy) {
        List<VirtualHost> virtualHosts = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            String name = service(i);
            virtualHosts.add(new VirtualHost(
                    name + ":9080",
                    List.of(name, name + ".default", name + ".default.svc.cluster.local"),
                    List.of(route(new PathMatch.Prefix("/admin/", true)), route(new PathMatch.Prefix("/", true))),
                    true,
                    HeaderOps.NONE,
                    HeaderOps.NONE,
                    true));
        }
        List<Endpoint> addresses = new ArrayList<>();
        for (int i = 0; i < endpoints; i++) {
            addresses.add(Endpoint.of("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 9080));
        }
        Map<String, Cluster> clusters = new HashMap<>();
        clusters.put("reviews", cluster(policy));
        return new MeshSnapshot(
                "1",
                Map.of(9080, virtualHosts),
                clusters,
                Map.of("reviews", ClusterLoadAssignment.of("reviews", addresses)),
                MeshSnapshot.Source.STATIC,
                0);
    }

    static String service(int i) {
        return "service-" + i;
    }

    private static Route route(PathMatch path) {
        return new Route(
                "default",
                new RouteMatch(path, List.of(), List.of(), null, false),
                new RouteAction.Forward(
                        List.of(new WeightedCluster("reviews", 1, HeaderOps.NONE, HeaderOps.NONE)),
                        Duration.ofSeconds(15),
                        null,
                        ISTIO_RETRIES,
                        List.of(),
                        Rewrite.NONE,
                        List.of()),
                HeaderOps.NONE,
                HeaderOps.NONE,
                null,
                null,
                null);
    }

    private static Cluster cluster(LoadBalancingPolicy policy) {
        return new Cluster(
                "reviews",
                Cluster.Discovery.EDS,
                "reviews",
                policy,
                false,
                0,
                Duration.ofSeconds(10),
                CircuitBreakers.NONE,
                ISTIO_OUTLIER,
                Cluster.Protocol.HTTP1,
                0,
                null,
                null,
                null,
                new Cluster.ServiceRef("reviews", "reviews", "default", "", 9080));
    }
}
