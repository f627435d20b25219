package dev.weft.spring.actuate;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.HeaderMatch;
import dev.weft.config.HeaderOps;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Origin;
import dev.weft.config.PathMatch;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.StringMatch;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reviews at port 9080: v2 for jason, v1 for others; two hosts of v2, of which one leaves. */
final class Snapshots {
    private static final String HOST = "reviews.default.svc.cluster.local";

    private Snapshots() {}

    static MeshSnapshot reviews() {
        RouteMatch jason = new RouteMatch(
                new PathMatch.Prefix("/", true),
                List.of(new HeaderMatch(
                        "end-user", new HeaderMatch.Value(new StringMatch.Exact("jason", false)), false, false)),
                List.of(),
                null,
                false);
        VirtualHost host = new VirtualHost(
                HOST + ":9080",
                List.of(HOST, "reviews", "reviews:9080"),
                List.of(route("for-jason", jason, "v2"), route("", RouteMatch.everything(), "v1")),
                true,
                HeaderOps.NONE,
                HeaderOps.NONE,
                true);
        Endpoint leaving =
                new Endpoint("10.0.0.2", 9080, Endpoint.Health.DRAINING, 1, "", Map.of("label:version", "v2"));
        return new MeshSnapshot(
                "4711",
                Map.of(9080, List.of(host)),
                Map.of(name("v1"), cluster("v1"), name("v2"), cluster("v2")),
                Map.of(
                        name("v1"), ClusterLoadAssignment.of(name("v1"), List.of(Endpoint.of("10.0.0.3", 9080))),
                        name("v2"),
                                ClusterLoadAssignment.of(name("v2"), List.of(Endpoint.of("10.0.0.1", 9080), leaving))),
                MeshSnapshot.Source.STATIC,
                0);
    }

    private static String name(String subset) {
        return "outbound|9080|" + subset + "|" + HOST;
    }

    private static Route route(String name, RouteMatch match, String subset) {
        return new Route(
                name,
                match,
                new RouteAction.Forward(
                        List.of(new WeightedCluster(name(subset), 1, HeaderOps.NONE, HeaderOps.NONE)),
                        Duration.ofSeconds(3),
                        null,
                        RetryPolicy.NONE,
                        List.of(),
                        Rewrite.NONE,
                        List.of()),
                HeaderOps.NONE,
                HeaderOps.NONE,
                null,
                null,
                new Origin("VirtualService default/reviews", "reviews.yaml", 9));
    }

    private static Cluster cluster(String subset) {
        return new Cluster(
                name(subset),
                Cluster.Discovery.EDS,
                name(subset),
                new LoadBalancingPolicy.RoundRobin(null),
                false,
                0,
                Duration.ofSeconds(1),
                new CircuitBreakers(10, 10, 0, 3, null),
                null,
                Cluster.Protocol.HTTP1,
                0,
                null,
                null,
                null,
                new Cluster.ServiceRef(HOST, "reviews", "default", subset, 9080));
    }
}
