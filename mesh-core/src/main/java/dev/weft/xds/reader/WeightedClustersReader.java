package dev.weft.xds.reader;

import dev.weft.config.HeaderOps;
import dev.weft.config.WeightedCluster;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import java.util.ArrayList;
import java.util.List;

/** {@code cluster} or {@code weighted_clusters} of a route action. */
final class WeightedClustersReader {
    private static final KnownFields CLUSTERS = KnownFields.of(
                    dev.weft.proto.envoy.config.route.v3.WeightedCluster.getDescriptor())
            .honours("clusters")
            // Weights are relative to their own sum; the runtime key names overrides of a running Envoy.
            .skips("total_weight", "runtime_key_prefix");
    private static final KnownFields WEIGHT = KnownFields.of(
                    dev.weft.proto.envoy.config.route.v3.WeightedCluster.ClusterWeight.getDescriptor())
            .honours(
                    "name",
                    "weight",
                    "request_headers_to_add",
                    "request_headers_to_remove",
                    "response_headers_to_add",
                    "response_headers_to_remove",
                    "host_rewrite_literal");

    private WeightedClustersReader() {}

    /** Empty, with a problem, when the action names no cluster. */
    static List<WeightedCluster> read(RouteAction found, Place place) {
        switch (found.getClusterSpecifierCase()) {
            case CLUSTER:
                return List.of(new WeightedCluster(
                        named(found.getCluster(), place.at("cluster")), 1, HeaderOps.NONE, HeaderOps.NONE));
            case WEIGHTED_CLUSTERS:
                return weighted(found.getWeightedClusters(), place.at("weighted_clusters"));
            case CLUSTERSPECIFIER_NOT_SET:
                place.refuse(null, "cluster or weighted_clusters");
                return List.of();
            default:
                return List.of();
        }
    }

    private static List<WeightedCluster> weighted(
            dev.weft.proto.envoy.config.route.v3.WeightedCluster found, Place place) {
        CLUSTERS.check(found, place);
        List<WeightedCluster> clusters = new ArrayList<>(found.getClustersCount());
        long sum = 0;
        for (int i = 0; i < found.getClustersCount(); i++) {
            Place at = place.at("clusters", i);
            var one = found.getClusters(i);
            WEIGHT.check(one, at);
            int weight = one.getWeight().getValue();
            if (weight < 0) {
                at.refuse("weight", Integer.toUnsignedString(weight), "at most 2147483647");
            }
            sum += Math.max(0, weight);
            HeaderOps request = HeaderOpsReader.read(
                    one.getRequestHeadersToAddList(), one.getRequestHeadersToRemoveList(), "request", at);
            clusters.add(new WeightedCluster(
                    named(one.getName(), at.at("name")),
                    Math.max(0, weight),
                    withAuthority(request, one.getHostRewriteLiteral()),
                    HeaderOpsReader.read(
                            one.getResponseHeadersToAddList(), one.getResponseHeadersToRemoveList(), "response", at)));
        }
        if (sum == 0 || sum > 0xFFFF_FFFFL) {
            place.refuse("clusters", "weights that sum to " + sum, "a sum of weights between 1 and 4294967295");
        }
        return clusters;
    }

    /** A host rewrite of one choice is a header change of one choice. */
    private static HeaderOps withAuthority(HeaderOps request, String authority) {
        if (authority.isEmpty()) {
            return request;
        }
        return HeaderOpsReader.sequence(
                request,
                new HeaderOps(
                        List.of(new HeaderOps.Setting(
                                ":authority", authority.replace("%", "%%"), HeaderOps.Action.OVERWRITE)),
                        List.of()));
    }

    private static String named(String name, Place place) {
        if (name.isEmpty()) {
            place.refuse("", "the name of a cluster");
        }
        return name;
    }
}
