package dev.weft.control.validate.rules;

import dev.weft.control.istio.Meta;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A DestinationRule: subsets that can be told apart, policies that say something. */
final class DestinationRuleRules {
    private static final List<String> PORT_BLOCKS =
            List.of("outlierDetection", "connectionPool", "loadBalancer", "tls");
    private static final List<String> BLOCKS = List.of(
            "outlierDetection",
            "connectionPool",
            "loadBalancer",
            "tls",
            "portLevelSettings",
            "tunnel",
            "proxyProtocol",
            "retryBudget");

    private DestinationRuleRules() {}

    static void check(Place spec, Meta meta) {
        spec.get("host").error(HostNames.wildcard(spec.get("host").text()));
        policy(spec.get("trafficPolicy"), meta);
        Set<String> names = new HashSet<>();
        for (Place subset : spec.get("subsets").items()) {
            Place name = subset.get("name");
            subsetName(name);
            if (!names.add(name.text())) {
                name.error("each subset once was expected");
            }
            Values.labels(subset.get("labels"));
            policy(subset.get("trafficPolicy"), meta);
        }
        Place selector = spec.get("workloadSelector");
        ExportTo.check(spec.get("exportTo"), meta, false, selector.present());
        Selectors.labels(selector, "matchLabels");
    }

    static void subsetName(Place name) {
        if (!HostNames.label(name.text())) {
            name.error("the name of a subset was expected: letters, digits and -");
        }
    }

    private static void policy(Place policy, Meta meta) {
        if (!policy.present()) {
            return;
        }
        if (BLOCKS.stream().noneMatch(block -> policy.get(block).present())) {
            policy.error("one of " + String.join(", ", BLOCKS) + " was expected");
            return;
        }
        if (policy.get("tunnel").present() && policy.get("proxyProtocol").present()) {
            policy.get("proxyProtocol").error("tunnel and proxyProtocol exclude each other");
        }
        blocks(policy, meta);
        tunnel(policy.get("tunnel"));
        for (Place port : policy.get("portLevelSettings").items()) {
            if (!port.get("port").present()) {
                port.get("port").error("a port was expected");
            }
            if (PORT_BLOCKS.stream().noneMatch(block -> port.get(block).present())) {
                port.error("one of " + String.join(", ", PORT_BLOCKS) + " was expected");
            }
            blocks(port, meta);
        }
    }

    private static void blocks(Place policy, Meta meta) {
        OutlierDetectionRules.check(policy.get("outlierDetection"));
        ConnectionPoolRules.check(policy.get("connectionPool"));
        LoadBalancerRules.check(policy.get("loadBalancer"), policy.get("outlierDetection"));
        ClientTlsRules.check(policy.get("tls"), meta);
    }

    private static void tunnel(Place tunnel) {
        if (!tunnel.present()) {
            return;
        }
        if (!Set.of("", "CONNECT", "POST").contains(tunnel.get("protocol").text())) {
            tunnel.get("protocol").error("CONNECT or POST was expected");
        }
        Place host = tunnel.get("targetHost");
        if (!IpAddresses.address(host.text())) {
            host.error(HostNames.fullyQualified(host.text()));
        }
        Values.port(tunnel.get("targetPort"));
    }
}
