package dev.weft.http.courier;

import dev.weft.config.AccessCondition;
import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.ExternalAuthorizationStage.Service;
import dev.weft.config.HeaderOps;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.InboundStage;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.MetadataMatch;
import dev.weft.config.PathMatch;
import dev.weft.config.Rbac;
import dev.weft.config.RbacStage;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.StringMatch;
import dev.weft.config.TlsMode;
import dev.weft.config.ValueMatch;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import dev.weft.http.kit.Snapshots;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A workload whose paths under /admin are for an authorizer to judge, as istiod writes it. */
final class CustomPolicies {
    static final String CLUSTER = "outbound|9000||authz.default.svc.cluster.local";

    private CustomPolicies() {}

    static ExternalAuthorizationStage asking(
            Service service, Duration timeout, boolean failOpen, List<StringMatch> requestHeaders) {
        return new ExternalAuthorizationStage(
                service,
                CLUSTER,
                timeout,
                failOpen,
                true,
                503,
                new MetadataMatch(
                        "envoy.filters.http.rbac",
                        List.of("istio_ext_authz_shadow_effective_policy_id"),
                        new ValueMatch.Text(new StringMatch.Prefix("istio-ext-authz", false)),
                        false),
                false,
                requestHeaders,
                List.of(new StringMatch.Exact("x-secret", true)),
                List.of(),
                false);
    }

    private static InboundStage selecting() {
        AccessCondition admin = new AccessCondition.Path(new StringMatch.Prefix("/admin", false));
        Rbac.Policy policy = new Rbac.Policy(List.of(admin), List.of(new AccessCondition.Any()));
        String name = "istio-ext-authz-authz-ns[default]-policy[p]-rule[0]";
        return new RbacStage(null, new Rbac(Rbac.Action.DENY, new TreeMap<>(Map.of(name, policy))), "istio_ext_authz_");
    }

    /** @param authorizer null: the mesh knows no such service */
    static MeshSnapshot snapshot(
            ExternalAuthorizationStage stage, InetSocketAddress authorizer, Cluster.Protocol protocol) {
        MeshSnapshot plain = Snapshots.reviews().protocol(protocol).at();
        Map<String, Cluster> clusters = new HashMap<>(plain.clusters());
        Map<String, ClusterLoadAssignment> endpoints = new HashMap<>(plain.endpoints());
        Map<Integer, List<VirtualHost>> ports = new HashMap<>(plain.ports());
        if (authorizer != null) {
            MeshSnapshot there = Snapshots.reviews().protocol(protocol).at(authorizer);
            clusters.putAll(there.clusters());
            endpoints.putAll(there.endpoints());
            RouteAction action = new RouteAction.Forward(
                    List.of(new WeightedCluster("reviews", 1, HeaderOps.NONE, HeaderOps.NONE)),
                    null,
                    null,
                    RetryPolicy.NONE,
                    List.of(),
                    Rewrite.NONE,
                    List.of());
            RouteMatch everything = new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(), null, false);
            Route route = new Route("authz", everything, action, HeaderOps.NONE, HeaderOps.NONE, null, null, null);
            ports.put(
                    9000,
                    List.of(new VirtualHost(
                            "authz:9000",
                            List.of("authz.default.svc.cluster.local"),
                            List.of(route),
                            false,
                            HeaderOps.NONE,
                            HeaderOps.NONE,
                            true)));
        }
        PortPolicy port = new PortPolicy(TlsMode.PERMISSIVE).with(List.of(selecting(), stage));
        return new MeshSnapshot(
                "custom",
                ports,
                clusters,
                endpoints,
                plain.source(),
                plain.acceptedMillis(),
                new InboundPolicy(Map.of(), port));
    }
}
