package dev.weft.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.endpoint.v3.LocalityLbEndpoints;
import dev.weft.proto.envoy.config.route.v3.Route;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which rule holds for whom, and what it becomes; Istio's precedence and defaults. */
class SemanticsTest {
    private static final String NAME = "reviews.default.svc.cluster.local:9080";
    private static final String CLUSTER = "outbound|9080||reviews.default.svc.cluster.local";
    private static final String TO_RATINGS = "- route: [{destination: {host: ratings}}]";
    private static final String TO_REVIEWS = "- route: [{destination: {host: reviews}}]";

    private static List<String> clusters(Mesh mesh) {
        return mesh.routes(NAME).stream()
                .map(route -> route.getRoute().getCluster())
                .toList();
    }

    @Test
    void twoRulesForOneHostAreNotMixedAndTheFirstByNameHolds() {
        Mesh mesh = new Mesh(
                Yaml.REVIEWS,
                Yaml.RATINGS,
                Yaml.virtualService("b", "default", "reviews", TO_RATINGS),
                Yaml.virtualService("a", "default", "reviews", TO_REVIEWS));
        assertThat(clusters(mesh)).containsExactly(CLUSTER);
    }

    @Test
    void anExactHostHoldsBeforeAWildcard() {
        Mesh mesh = new Mesh(
                Yaml.REVIEWS,
                Yaml.RATINGS,
                Yaml.virtualService("a", "default", "*.default.svc.cluster.local", TO_RATINGS),
                Yaml.virtualService("b", "default", "reviews", TO_REVIEWS));
        assertThat(clusters(mesh)).containsExactly(CLUSTER);
    }

    @Test
    void aPrivateRuleOfTheCallersNamespaceHoldsBeforeAPublicOne() {
        String exported = Yaml.virtualService("a", "other", "reviews.default.svc.cluster.local", TO_RATINGS);
        Mesh mesh = new Mesh(
                Yaml.REVIEWS,
                exported,
                Yaml.virtualService("z", "default", "reviews", TO_REVIEWS)
                        .replace("spec:\n", "spec:\n  exportTo: [\".\"]\n"));
        assertThat(clusters(mesh)).containsExactly(CLUSTER);
        assertThat(Mesh.routes(mesh.view(Mesh.client("third")), NAME)
                        .get(0)
                        .getRoute()
                        .getCluster())
                .isEqualTo("outbound|9080||ratings.other.svc.cluster.local");
    }

    @Test
    void aDelegateMustBeStricterAndInheritsWhatItDoesNotSay() {
        String root = """
                - match: [{uri: {prefix: /a}, headers: {x: {exact: y}}}]
                  timeout: 3s
                  delegate: {name: leaf}
                - match: [{uri: {prefix: /b}}]
                  delegate: {name: missing}
                """;
        String leaf = Yaml.resource("VirtualService", "leaf", "default", """
                  http:
                  - match: [{uri: {prefix: /a/in}}]
                    route: [{destination: {host: reviews}}]
                  - match: [{uri: {prefix: /out}}]
                    route: [{destination: {host: reviews}}]
                """);
        Mesh mesh = new Mesh(Yaml.REVIEWS, Yaml.virtualService("reviews", root), leaf);
        assertThat(mesh.routes(NAME)).singleElement().satisfies(route -> {
            assertThat(route.getMatch().getPrefix()).isEqualTo("/a/in");
            assertThat(route.getMatch().getHeaders(0).getName()).isEqualTo("x");
            assertThat(route.getRoute().getTimeout().getSeconds()).isEqualTo(3);
        });
    }

    @Test
    void aSidecarNarrowsWhatIsCallableByNameButNotWhereRulesLead() {
        Mesh mesh = new Mesh(Yaml.REVIEWS, Yaml.RATINGS, Yaml.resource("Sidecar", "default", "default", """
                          outboundTrafficPolicy: {mode: REGISTRY_ONLY}
                          egress:
                          - hosts: ["./reviews.default.svc.cluster.local"]
                        """));
        assertThat(mesh.view().wildcard(ResourceType.VIRTUAL_HOST)).containsOnlyKeys("*:0", NAME);
        assertThat(Mesh.indexed(mesh.view(), "*:0")
                        .getRoutes(0)
                        .getDirectResponse()
                        .getStatus())
                .isEqualTo(502);
        assertThat(mesh.view().resource(ResourceType.CLUSTER, "outbound|9080||ratings.default.svc.cluster.local"))
                .isNotNull();
    }

    @Test
    void theClientsNamespaceDecidesBeforeTheServicesAndTheRootNamespace() {
        String own = Yaml.destinationRule("reviews", "  trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}\n");
        String callers = own.replace("namespace: default", "namespace: shop")
                .replace("host: reviews", "host: reviews.default.svc.cluster.local")
                .replace("ROUND_ROBIN", "RANDOM");
        Mesh mesh = new Mesh(Yaml.REVIEWS, own, callers);
        assertThat(mesh.cluster(CLUSTER).getLbPolicy()).isEqualTo(Cluster.LbPolicy.ROUND_ROBIN);
        Cluster seen = Mesh.read(mesh.view(Mesh.client("shop")).resource(ResourceType.CLUSTER, CLUSTER), Cluster.class);
        assertThat(seen.getLbPolicy()).isEqualTo(Cluster.LbPolicy.RANDOM);
    }

    @Test
    void aPortsOwnSettingsReplaceTheHostsAndASubsetOverridesBlockByBlock() {
        Mesh mesh = new Mesh(
                Yaml.serviceEntry(
                        "reviews",
                        "{number: 9080, name: http, protocol: HTTP}, {number: 9081, name: alt, protocol: HTTP}"),
                Yaml.destinationRule("reviews", """
                          trafficPolicy:
                            loadBalancer: {simple: ROUND_ROBIN}
                            connectionPool: {http: {http1MaxPendingRequests: 7}}
                            portLevelSettings:
                            - {port: {number: 9081}, loadBalancer: {simple: RANDOM}}
                          subsets:
                          - {name: v1, labels: {version: v1}, trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}}
                        """));
        Cluster port = mesh.cluster("outbound|9081||reviews.default.svc.cluster.local");
        assertThat(port.getLbPolicy()).isEqualTo(Cluster.LbPolicy.RANDOM);
        assertThat(port.getCircuitBreakers()
                        .getThresholds(0)
                        .getMaxPendingRequests()
                        .getValue())
                .isEqualTo(-1);
        Cluster subset = mesh.cluster("outbound|9080|v1|reviews.default.svc.cluster.local");
        assertThat(subset.getLbPolicy()).isEqualTo(Cluster.LbPolicy.LEAST_REQUEST);
        assertThat(subset.getCircuitBreakers()
                        .getThresholds(0)
                        .getMaxPendingRequests()
                        .getValue())
                .isEqualTo(7);
    }

    @Test
    void anUnknownSubsetHasNoCluster() {
        Mesh mesh = new Mesh(Yaml.REVIEWS, Yaml.SUBSETS);
        assertThat(mesh.view().resource(ResourceType.CLUSTER, CLUSTER.replace("||", "|v9|")))
                .isNull();
    }

    @Test
    void placesAreTriedInOrderOnlyWhereHostsAreWatched() {
        String places = Yaml.REVIEWS
                .replace("{address: 127.0.2.1,", "{address: 127.0.2.1, locality: eu/a,")
                .replace("{address: 127.0.2.2,", "{address: 127.0.2.2, locality: eu/b,")
                .replace("{address: 127.0.2.3,", "{address: 127.0.2.3, locality: us/a,");
        var here = new dev.weft.config.Locality("eu", "b", "");
        Mesh watched = new Mesh(
                places, Yaml.destinationRule("reviews", "  trafficPolicy: {outlierDetection: {interval: 1s}}\n"));
        assertThat(Mesh.endpoints(watched.view(Mesh.client(here)), CLUSTER))
                .extracting(place -> place.getLocality().getRegion() + "/"
                        + place.getLocality().getZone() + " " + place.getPriority())
                .containsExactly("eu/b 0", "eu/a 1", "us/a 2");
        assertThat(Mesh.endpoints(new Mesh(places).view(Mesh.client(here)), CLUSTER))
                .extracting(LocalityLbEndpoints::getPriority)
                .containsOnly(0);
    }

    @Test
    void stockGrpcGetsNoRouteThatWouldMakeItRefuseAll() {
        String http = """
                - match: [{uri: {prefix: /old}}]
                  redirect: {uri: /new}
                - match: [{uri: {prefix: /c}}]
                  corsPolicy: {allowOrigins: [{exact: "https://a"}]}
                  route: [{destination: {host: reviews}}]
                """;
        Mesh mesh = new Mesh(Yaml.REVIEWS, Yaml.virtualService("reviews", http));
        View view = mesh.view(Mesh.client(Kind.GRPC, "default"));
        List<Route> routes = Mesh.routes(view, NAME);
        assertThat(routes.get(0).hasNonForwardingAction()).isTrue();
        assertThat(routes.get(1).getTypedPerFilterConfigMap()).isEmpty();
        Cluster cluster = Mesh.read(view.resource(ResourceType.CLUSTER, CLUSTER), Cluster.class);
        assertThat(cluster.getLbPolicy()).isEqualTo(Cluster.LbPolicy.ROUND_ROBIN);
        assertThat(cluster.getTransportSocketMatchesList()).isEmpty();
    }

    @Test
    void whatTheCallerEncryptsHimselfPasses() {
        Mesh mesh = new Mesh(Yaml.serviceEntry("reviews", "{number: 443, name: https, protocol: HTTPS}"));
        assertThat(mesh.routes("reviews.default.svc.cluster.local:443")
                        .get(0)
                        .getRoute()
                        .getCluster())
                .isEqualTo("PassthroughCluster");
    }

    @Test
    void aRuleThatClientsWouldRefuseIsNotServedAndSaysWhere() {
        Mesh mesh = new Mesh(
                Yaml.REVIEWS,
                Yaml.virtualService(
                        "reviews", "- match: [{uri: {regex: \"[\"}}]\n  route: [{destination: {host: reviews}}]"));
        assertThat(mesh.view().resource(ResourceType.ROUTE, NAME)).isNull();
        assertThat(mesh.translator.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains("mesh.yaml:").contains("VirtualService default/reviews http[0]");
            assertThat(problem.field()).contains("safe_regex");
        });
    }

    @Test
    void metersCallAllInstancesOfAServiceTheSame() {
        Mesh mesh = new Mesh();
        mesh.register("reviews-b11c", "reviews", "v1", 9080, 31001);
        mesh.register("reviews-77ae", "reviews", "v1", 9080, 31002);
        assertThat(mesh.endpoints("outbound|9080||reviews.default.svc.cluster.local").getEndpointsList().stream()
                        .flatMap(place -> place.getLbEndpointsList().stream())
                        .map(host -> host.getMetadata()
                                .getFilterMetadataOrThrow("istio")
                                .getFieldsOrThrow("workload")
                                .getStringValue()))
                .containsExactly("reviews;default;reviews;v1;Kubernetes", "reviews;default;reviews;v1;Kubernetes");
    }
}
