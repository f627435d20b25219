package dev.weft.benchmarks.http;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.HeaderOps;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.PathMatch;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.SnapshotSource;
import dev.weft.config.UpstreamTls;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import dev.weft.identity.IdentitySource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One service, one host, one route with a timeout and Istio's default retries: what most calls look like. */
final class OneService {
    private static final UpstreamTls MUTUAL = new UpstreamTls(
            UpstreamTls.Mode.ISTIO_MUTUAL,
            "outbound_.9080_._.reviews.default.svc.cluster.local",
            List.of(Certificates.SERVER),
            List.of());

    private OneService() {}

    /** @param certificates for mutual TLS; null: plaintext */
    static Mesh at(int port, @Nullable Certificates certificates) {
        RetryPolicy retry = new RetryPolicy(
                EnumSet.of(RetryOn.CONNECT_FAILURE, RetryOn.REFUSED_STREAM, RetryOn.UNAVAILABLE, RetryOn.CANCELLED),
                Set.of(),
                2,
                null,
                Duration.ofMillis(25),
                Duration.ofMillis(250),
                true,
                5,
                0);
        RouteAction action = new RouteAction.Forward(
                List.of(new WeightedCluster("reviews", 1, HeaderOps.NONE, HeaderOps.NONE)),
                Duration.ofSeconds(10),
                null,
                retry,
                List.of(),
                Rewrite.NONE,
                List.of());
        RouteMatch everything = new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(), null, false);
        Route route = new Route("reviews", everything, action, HeaderOps.NONE, HeaderOps.NONE, null, null, null);
        VirtualHost host = new VirtualHost(
                "reviews:9080", List.of("reviews"), List.of(route), true, HeaderOps.NONE, HeaderOps.NONE, true);
        Cluster cluster = new Cluster(
                "reviews",
                Cluster.Discovery.EDS,
                "reviews",
                new LoadBalancingPolicy.LeastRequest(2, 1, null),
                false,
                0,
                Duration.ofSeconds(10),
                CircuitBreakers.NONE,
                null,
                Cluster.Protocol.HTTP1,
                0,
                null,
                certificates == null ? null : MUTUAL,
                null,
                new Cluster.ServiceRef("reviews", "reviews", "default", "", 9080));
        MeshSnapshot snapshot = new MeshSnapshot(
                "bench",
                Map.of(9080, List.of(host)),
                Map.of("reviews", cluster),
                Map.of("reviews", ClusterLoadAssignment.of("reviews", List.of(Endpoint.of("127.0.0.1", port)))),
                MeshSnapshot.Source.STATIC,
                0);
        return Mesh.builder()
                .service("bench")
                .ignoreEnvironment()
                .trust(certificates == null ? Trust.none() : Trust.of(IdentitySource.of(certificates.client())))
                .snapshots(SnapshotSource.of(snapshot))
                .start();
    }
}
