package dev.weft.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes snapshots by hand: {@code Snapshots.empty().service("reviews", 9080, "10.0.0.1:80").snapshot()}. */
public final class Snapshots {
    private final Map<Integer, List<VirtualHost>> ports = new LinkedHashMap<>();
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final Map<String, ClusterLoadAssignment> endpoints = new LinkedHashMap<>();

    private Snapshots() {}

    public static Snapshots empty() {
        return new Snapshots();
    }

    /** A virtual host {@code name:port} for {@code name}, one default route, one cluster {@code name} with these addresses. */
    public Snapshots service(String name, int port, String... addresses) {
        return host(name, port, route(name)).cluster(cluster(name), addresses);
    }

    public Snapshots host(String name, int port, Route... routes) {
        return host(port, host(name + ":" + port, List.of(name), routes));
    }

    public Snapshots host(int port, VirtualHost host) {
        ports.computeIfAbsent(port, p -> new ArrayList<>()).add(host);
        return this;
    }

    public Snapshots cluster(Cluster cluster, String... addresses) {
        clusters.put(cluster.name(), cluster);
        List<Endpoint> list = new ArrayList<>();
        for (String address : addresses) {
            int colon = address.lastIndexOf(':');
            list.add(Endpoint.of(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
        }
        endpoints.put(cluster.edsName(), ClusterLoadAssignment.of(cluster.edsName(), list));
        return this;
    }

    public Snapshots endpoints(ClusterLoadAssignment assignment) {
        endpoints.put(assignment.cluster(), assignment);
        return this;
    }

    public MeshSnapshot snapshot() {
        return new MeshSnapshot("test", ports, clusters, endpoints, MeshSnapshot.Source.STATIC, 0);
    }

    public static VirtualHost host(String name, List<String> domains, Route... routes) {
        return new VirtualHost(name, domains, List.of(routes), true, HeaderOps.NONE, HeaderOps.NONE, true);
    }

    /** A route of everything to one cluster, no timeout, no retries. */
    public static Route route(String cluster) {
        return route(RouteMatch.everything(), forward(cluster));
    }

    public static Route route(RouteMatch match, RouteAction action) {
        return new Route("", match, action, HeaderOps.NONE, HeaderOps.NONE, null, null, null);
    }

    public static RouteMatch prefix(String prefix) {
        return new RouteMatch(new PathMatch.Prefix(prefix, true), List.of(), List.of(), null, false);
    }

    public static RouteMatch header(String name, StringMatch match) {
        return new RouteMatch(
                new PathMatch.Prefix("/", true),
                List.of(new HeaderMatch(name, new HeaderMatch.Value(match), false, false)),
                List.of(),
                null,
                false);
    }

    public static RouteAction.Forward forward(String cluster) {
        return forward(List.of(weighted(cluster, 1)));
    }

    public static RouteAction.Forward forward(List<WeightedCluster> clusters) {
        return new RouteAction.Forward(clusters, null, null, RetryPolicy.NONE, List.of(), Rewrite.NONE, List.of());
    }

    public static RouteAction.Forward forward(String cluster, Duration timeout, RetryPolicy retry) {
        return new RouteAction.Forward(
                List.of(weighted(cluster, 1)), timeout, null, retry, List.of(), Rewrite.NONE, List.of());
    }

    public static RouteAction.Forward rewriting(String cluster, Rewrite rewrite) {
        return new RouteAction.Forward(
                List.of(weighted(cluster, 1)), null, null, RetryPolicy.NONE, List.of(), rewrite, List.of());
    }

    public static WeightedCluster weighted(String cluster, int weight) {
        return new WeightedCluster(cluster, weight, HeaderOps.NONE, HeaderOps.NONE);
    }

    /** Round robin, no limits, no outlier detection, plaintext HTTP/1.1. */
    public static Cluster cluster(String name) {
        return cluster(name, new LoadBalancingPolicy.RoundRobin(null), CircuitBreakers.NONE, null);
    }

    public static Cluster cluster(
            String name,
            LoadBalancingPolicy policy,
            CircuitBreakers breakers,
            @org.jspecify.annotations.Nullable OutlierDetection outlier) {
        return new Cluster(
                name,
                Cluster.Discovery.EDS,
                name,
                policy,
                false,
                50,
                Duration.ofSeconds(10),
                breakers,
                outlier,
                Cluster.Protocol.HTTP1,
                0,
                null,
                null,
                null,
                new Cluster.ServiceRef(name, name, "default", "", 0));
    }

    /** The same cluster without panic: only healthy hosts are ever used. */
    public static Cluster neverPanicking(Cluster cluster) {
        return new Cluster(
                cluster.name(),
                cluster.discovery(),
                cluster.edsName(),
                cluster.policy(),
                cluster.localityWeighted(),
                0,
                cluster.connectTimeout(),
                cluster.breakers(),
                cluster.outlier(),
                cluster.protocol(),
                cluster.maxRequestsPerConnection(),
                cluster.idleTimeout(),
                cluster.tls(),
                cluster.autoTls(),
                cluster.service());
    }

    /** Any route with something else in it. */
    public static Route with(Route route, UnaryOperator<Route> change) {
        return change.apply(route);
    }
}
