package dev.weft.control.catalog;

import dev.weft.control.istio.DestinationRule.Subset;
import dev.weft.control.istio.Meta;
import dev.weft.control.istio.TrafficPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What clients do about a host: one DestinationRule, or several of one namespace for the same host, merged.
 *
 * @param host fully qualified or wildcard
 * @param meta of the oldest
 * @param exportTo who follows it
 * @param selector labels of the clients that follow it, or null for all
 * @param traffic policy of the host, or null
 * @param subsets by name, the older of two with one name
 */
public record Policy(
        String host,
        Meta meta,
        ExportTo exportTo,
        @Nullable Map<String, String> selector,
        @Nullable TrafficPolicy traffic,
        List<Subset> subsets) {

    public @Nullable Subset subset(String name) {
        for (Subset subset : subsets) {
            if (subset.name().equals(name)) {
                return subset;
            }
        }
        return null;
    }

    /**
     * The policy for one port and subset. A port's own settings replace the host's as a whole; a subset overrides block by block,
     * and its own settings for the port replace everything again.
     */
    public TrafficPolicy effective(@Nullable Subset subset, int port) {
        TrafficPolicy base = forPort(traffic == null ? TrafficPolicy.NONE : traffic, port);
        TrafficPolicy special = subset == null ? null : subset.trafficPolicy();
        if (special == null) {
            return base;
        }
        for (TrafficPolicy.PortPolicy own : special.portLevelSettings()) {
            if (own.port() == port) {
                return own.policy();
            }
        }
        return new TrafficPolicy(
                special.loadBalancer() == null ? base.loadBalancer() : special.loadBalancer(),
                special.connectionPool() == null ? base.connectionPool() : special.connectionPool(),
                special.outlierDetection() == null ? base.outlierDetection() : special.outlierDetection(),
                special.tls() == null ? base.tls() : special.tls(),
                List.of(),
                special.retryBudget() == null ? base.retryBudget() : special.retryBudget());
    }

    private static TrafficPolicy forPort(TrafficPolicy policy, int port) {
        for (TrafficPolicy.PortPolicy own : policy.portLevelSettings()) {
            if (own.port() == port) {
                return own.policy();
            }
        }
        return policy;
    }
}
