package dev.weft.http.kit;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.FaultInjection;
import dev.weft.config.Fraction;
import dev.weft.config.HeaderOps;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Mirror;
import dev.weft.config.OutlierDetection;
import dev.weft.config.PathMatch;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.UpstreamTls;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the configuration of one service, {@code reviews} on port 9080, and whatever else a test needs. */
public final class Snapshots {
    private final Map<String, Cluster> clusters = new HashMap<>();
    private final Map<String, ClusterLoadAssignment> endpoints = new HashMap<>();
    private final List<Mirror> mirrors = new ArrayList<>();

    private Cluster.Protocol protocol = Cluster.Protocol.HTTP1;
    private CircuitBreakers breakers = CircuitBreakers.NONE;
    private RetryPolicy retry = RetryPolicy.NONE;
    private HeaderOps request = HeaderOps.NONE;
    private HeaderOps response = HeaderOps.NONE;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private int maxRequestsPerConnection;
    private @Nullable Duration timeout;
    private @Nullable Duration idleTimeout;
    private @Nullable FaultInjection fault;
    private @Nullable UpstreamTls tls;
    private @Nullable OutlierDetection outliers;

    private Snapshots() {}

    public static Snapshots reviews() {
        return new Snapshots();
    }

    public Snapshots protocol(Cluster.Protocol spoken) {
        protocol = spoken;
        return this;
    }

    public Snapshots breakers(long maxConnections, long maxPending) {
        long none = CircuitBreakers.UNLIMITED;
        breakers = new CircuitBreakers(maxConnections, maxPending, none, none, null);
        return this;
    }

    /** Retries that may wait or run at a time. */
    public Snapshots maxRetries(long count) {
        long none = CircuitBreakers.UNLIMITED;
        breakers = new CircuitBreakers(none, none, none, count, null);
        return this;
    }

    /** Attempts under way at a time. */
    public Snapshots maxRequests(long count) {
        long none = CircuitBreakers.UNLIMITED;
        breakers = new CircuitBreakers(none, none, count, none, null);
        return this;
    }

    public Snapshots outliers(OutlierDetection watch) {
        outliers = watch;
        return this;
    }

    public Snapshots timeout(Duration whole) {
        timeout = whole;
        return this;
    }

    public Snapshots connectTimeout(Duration bound) {
        connectTimeout = bound;
        return this;
    }

    public Snapshots idleTimeout(Duration bound) {
        idleTimeout = bound;
        return this;
    }

    public Snapshots maxRequestsPerConnection(int count) {
        maxRequestsPerConnection = count;
        return this;
    }

    public Snapshots tls(UpstreamTls setting) {
        tls = setting;
        return this;
    }

    public Snapshots retry(int retries, @Nullable Duration perTry, RetryOn... on) {
        retry = new RetryPolicy(
                on.length == 0 ? Set.of() : EnumSet.copyOf(List.of(on)),
                Set.of(),
                retries,
                perTry,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                true,
                5,
                0);
        return this;
    }

    /** Tries that take too long are not ended, but another one is sent beside them. */
    public Snapshots hedged() {
        retry = retry.withHedges(true);
        return this;
    }

    public Snapshots abort(int status) {
        fault = new FaultInjection(null, new FaultInjection.Abort(status, null, Fraction.ALL));
        return this;
    }

    public Snapshots delay(Duration each) {
        fault = new FaultInjection(new FaultInjection.Delay(each, Fraction.ALL), null);
        return this;
    }

    public Snapshots requestHeaders(HeaderOps changes) {
        request = changes;
        return this;
    }

    public Snapshots responseHeaders(HeaderOps changes) {
        response = changes;
        return this;
    }

    /** Every request is copied to a service {@code mirror} at this address. */
    public Snapshots mirror(InetSocketAddress address) {
        mirrors.add(new Mirror("mirror", Fraction.ALL));
        put("mirror", List.of(address));
        return this;
    }

    public MeshSnapshot at(InetSocketAddress... addresses) {
        put("reviews", List.of(addresses));
        RouteAction action = new RouteAction.Forward(
                List.of(new WeightedCluster("reviews", 1, HeaderOps.NONE, HeaderOps.NONE)),
                timeout,
                null,
                retry,
                List.of(),
                Rewrite.NONE,
                mirrors);
        RouteMatch everything = new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(), null, false);
        Route route = new Route("to-reviews", everything, action, request, response, fault, null, null);
        VirtualHost host = new VirtualHost(
                "reviews:9080", List.of("reviews"), List.of(route), true, HeaderOps.NONE, HeaderOps.NONE, true);
        return new MeshSnapshot(
                "test",
                Map.of(9080, List.of(host), 0, List.of(VirtualHost.allowAny())),
                clusters,
                endpoints,
                MeshSnapshot.Source.STATIC,
                0);
    }

    private void put(String name, List<InetSocketAddress> addresses) {
        clusters.put(
                name,
                new Cluster(
                        name,
                        Cluster.Discovery.EDS,
                        name,
                        new LoadBalancingPolicy.RoundRobin(null),
                        false,
                        50,
                        connectTimeout,
                        breakers,
                        outliers,
                        protocol,
                        maxRequestsPerConnection,
                        idleTimeout,
                        tls,
                        null,
                        new Cluster.ServiceRef(name, name, "default", "", 9080)));
        endpoints.put(
                name,
                ClusterLoadAssignment.of(
                        name,
                        addresses.stream()
                                .map(a -> Endpoint.of(a.getAddress().getHostAddress(), a.getPort()))
                                .toList()));
    }
}
