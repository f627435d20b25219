package dev.weft.control.translate;

import dev.weft.control.catalog.Hosts;
import dev.weft.control.catalog.Service;
import dev.weft.control.istio.Destination;
import dev.weft.control.istio.HttpRoute;
import dev.weft.control.istio.TrafficPolicy.ConsistentHash;
import dev.weft.control.istio.TrafficPolicy.LoadBalancer;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import dev.weft.proto.envoy.config.route.v3.RouteAction.HashPolicy;
import dev.weft.proto.envoy.config.route.v3.WeightedCluster;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes where a route leads: one cluster or several by weight, and how the host there is hashed. */
final class DestinationWriter {
    private final Caller caller;
    private final String namespace;
    private final int port;
    private final Set<HashPolicy> hashes = new LinkedHashSet<>();

    /**
     * @param namespace of the VirtualService: short names are resolved there
     * @param port that the caller dialled: meant where the destination names none and has several
     */
    DestinationWriter(Caller caller, String namespace, int port) {
        this.caller = caller;
        this.namespace = namespace;
        this.port = port;
    }

    /** The name of the destination's cluster, whether there is such a cluster or not. */
    String cluster(Destination destination) {
        String host = Hosts.resolve(destination.host(), namespace);
        Service service = caller.service(host);
        String subset = destination.subset() == null ? "" : destination.subset();
        int number = port(destination, service);
        return Names.cluster(number, subset, host);
    }

    private int port(Destination destination, @Nullable Service service) {
        Integer written = destination.port();
        if (written != null && written != 0) {
            return written;
        }
        return service != null && service.ports().size() == 1
                ? service.ports().get(0).number()
                : port;
    }

    void write(List<HttpRoute.Weighted> destinations, RouteAction.Builder action, Route.Builder route) {
        List<HttpRoute.Weighted> chosen = destinations;
        if (destinations.size() > 1) {
            // A weight of 0 is never chosen; nobody need fetch its cluster.
            List<HttpRoute.Weighted> weighted = destinations.stream()
                    .filter(choice -> choice.weight() != null && choice.weight() > 0)
                    .toList();
            chosen = weighted.isEmpty() ? destinations : weighted;
        }
        if (chosen.size() == 1) {
            writeOnly(chosen.get(0), action, route);
        } else {
            WeightedCluster.Builder clusters = WeightedCluster.newBuilder();
            chosen.forEach(choice -> clusters.addClusters(weight(choice)));
            action.setWeightedClusters(clusters);
        }
        action.addAllHashPolicy(hashes);
    }

    private void writeOnly(HttpRoute.Weighted only, RouteAction.Builder action, Route.Builder route) {
        action.setCluster(cluster(only.destination()));
        addHash(only.destination());
        HeaderWriter headers = HeaderWriter.of(only.headers());
        route.addAllRequestHeadersToAdd(headers.request());
        route.addAllRequestHeadersToRemove(headers.requestRemove());
        route.addAllResponseHeadersToAdd(headers.response());
        route.addAllResponseHeadersToRemove(headers.responseRemove());
        if (headers.authority() != null && !action.hasHostRewriteLiteral()) {
            action.setHostRewriteLiteral(headers.authority());
        }
    }

    private WeightedCluster.ClusterWeight weight(HttpRoute.Weighted choice) {
        addHash(choice.destination());
        HeaderWriter headers = HeaderWriter.of(choice.headers());
        WeightedCluster.ClusterWeight.Builder out = WeightedCluster.ClusterWeight.newBuilder()
                .setName(cluster(choice.destination()))
                .setWeight(Words.uint32(choice.weight() == null ? 0 : choice.weight()))
                .addAllRequestHeadersToAdd(headers.request())
                .addAllRequestHeadersToRemove(headers.requestRemove())
                .addAllResponseHeadersToAdd(headers.response())
                .addAllResponseHeadersToRemove(headers.responseRemove());
        if (headers.authority() != null) {
            out.setHostRewriteLiteral(headers.authority());
        }
        return out.build();
    }

    /** Whether some destination so far chooses its host by hash. */
    boolean hashed() {
        return !hashes.isEmpty();
    }

    private void addHash(Destination destination) {
        Service service = caller.service(Hosts.resolve(destination.host(), namespace));
        if (service != null) {
            String subset = destination.subset() == null ? "" : destination.subset();
            add(caller.traffic(service, subset, port(destination, service)).loadBalancer());
        }
    }

    private void add(@Nullable LoadBalancer balancer) {
        HashPolicy policy =
                balancer == null || balancer.consistentHash() == null ? null : hashPolicy(balancer.consistentHash());
        if (policy != null) {
            hashes.add(policy);
        }
    }

    static @Nullable HashPolicy hashPolicy(ConsistentHash hash) {
        HashPolicy.Builder out = HashPolicy.newBuilder();
        if (hash.header() != null) {
            out.setHeader(HashPolicy.Header.newBuilder().setHeaderName(hash.header()));
        } else if (hash.cookie() != null) {
            HashPolicy.Cookie.Builder cookie =
                    HashPolicy.Cookie.newBuilder().setName(hash.cookie().name());
            if (hash.cookie().path() != null) {
                cookie.setPath(hash.cookie().path());
            }
            if (hash.cookie().ttl() != null) {
                cookie.setTtl(Words.duration(hash.cookie().ttl()));
            }
            out.setCookie(cookie);
        } else if (hash.query() != null) {
            out.setQueryParameter(HashPolicy.QueryParameter.newBuilder().setName(hash.query()));
        } else if (Boolean.TRUE.equals(hash.sourceIp())) {
            out.setConnectionProperties(
                    HashPolicy.ConnectionProperties.newBuilder().setSourceIp(true));
        } else {
            return null;
        }
        return out.build();
    }
}
