package dev.weft.control.catalog;

import dev.weft.control.istio.DestinationRule;
import dev.weft.control.istio.HttpMatch;
import dev.weft.control.istio.HttpRoute;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.Sidecar;
import dev.weft.control.istio.TrafficPolicy;
import dev.weft.control.istio.VirtualService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which labels and whether the place of a client can make a difference at all. Clients that differ only in what no rule asks for
 * see the same, and share one view.
 */
public final class Selectors {
    private final Map<String, Set<String>> values = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private boolean localityMatters;

    Selectors(IstioConfig config, MeshConfig mesh) {
        for (Resource<VirtualService> rule : config.virtualServices()) {
            for (HttpRoute route : rule.spec().http()) {
                for (HttpMatch match : route.match()) {
                    add(match.sourceLabels());
                }
            }
        }
        for (Resource<Sidecar> sidecar : config.sidecars()) {
            add(sidecar.spec().workloadSelector());
        }
        for (Resource<DestinationRule> rule : config.destinationRules()) {
            add(rule.spec().workloadSelector());
            add(rule.spec().trafficPolicy());
            rule.spec().subsets().forEach(subset -> add(subset.trafficPolicy()));
        }
        add(mesh.localityLbSetting());
    }

    private void add(@Nullable Map<String, String> selector) {
        if (selector != null) {
            selector.forEach((key, value) ->
                    values.computeIfAbsent(key, name -> new HashSet<>()).add(value));
        }
    }

    private void add(@Nullable TrafficPolicy policy) {
        if (policy == null) {
            return;
        }
        // Failover by place is on for every cluster that watches its hosts.
        localityMatters |= policy.outlierDetection() != null;
        if (policy.loadBalancer() != null) {
            add(policy.loadBalancer().locality());
        }
        policy.portLevelSettings().forEach(port -> add(port.policy()));
    }

    private void add(TrafficPolicy.@Nullable Locality setting) {
        if (setting != null) {
            localityMatters |= !setting.distribute().isEmpty();
            setting.failoverPriority().forEach(label -> keys.add(key(label)));
        }
    }

    /** The key of an entry of failoverPriority, {@code key} or {@code key=value}. */
    public static String key(String label) {
        int equals = label.indexOf('=');
        return equals < 0 ? label : label.substring(0, equals);
    }

    /** Of a client's labels those that a rule may ask for. */
    Map<String, String> relevant(Map<String, String> labels) {
        Map<String, String> relevant = new HashMap<>();
        labels.forEach((key, value) -> {
            if (keys.contains(key) || values.getOrDefault(key, Set.of()).contains(value)) {
                relevant.put(key, value);
            }
        });
        return relevant;
    }

    boolean localityMatters() {
        return localityMatters;
    }
}
