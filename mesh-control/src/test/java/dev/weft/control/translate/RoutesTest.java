package dev.weft.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final String NAME = "reviews.default.svc.cluster.local:9080";

    /** Written where the route is. */
    private static final Value HERE =
            Value.newBuilder().setStructValue(Struct.getDefaultInstance()).build();

    private static List<Route> routes(String http) {
        return new Mesh(Yaml.REVIEWS, Yaml.RATINGS, Yaml.SUBSETS, Yaml.virtualService("reviews", http)).routes(NAME);
    }

    @Test
    void aServiceWithoutRulesGetsIstiosDefaultRoute() {
        Route route = new Mesh(Yaml.REVIEWS).routes(NAME).get(0);
        assertThat(route.getRoute().getCluster()).isEqualTo("outbound|9080||reviews.default.svc.cluster.local");
        assertThat(route.getRoute().hasTimeout()).isTrue();
        assertThat(route.getRoute().getTimeout().getSeconds()).isZero();
        assertThat(route.getRoute().getRetryPolicy().getNumRetries().getValue()).isEqualTo(2);
        assertThat(route.getRoute().getRetryPolicy().getRetryOn())
                .isEqualTo("connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes");
    }

    @Test
    void eachMatchIsARouteAndTheFirstCatchAllEndsThem() {
        List<Route> routes = routes("""
                - match: [{uri: {exact: /a}}, {uri: {prefix: /b}}]
                  route: [{destination: {host: reviews, subset: v1}}]
                - route: [{destination: {host: reviews, subset: v2}}]
                - match: [{uri: {prefix: /c}}]
                  route: [{destination: {host: reviews, subset: v3}}]
                """);
        assertThat(routes)
                .extracting(route -> route.getRoute().getCluster())
                .containsExactly(
                        "outbound|9080|v1|reviews.default.svc.cluster.local",
                        "outbound|9080|v1|reviews.default.svc.cluster.local",
                        "outbound|9080|v2|reviews.default.svc.cluster.local");
        assertThat(routes.get(0).getMatch().getPath()).isEqualTo("/a");
        assertThat(routes.get(1).getMatch().getPrefix()).isEqualTo("/b");
    }

    @Test
    void weightsOfZeroAreLeftOut() {
        RouteAction action = routes("""
                        - route:
                          - {destination: {host: reviews, subset: v1}, weight: 0}
                          - {destination: {host: reviews, subset: v2}, weight: 1}
                        """).get(0).getRoute();
        assertThat(action.getCluster()).isEqualTo("outbound|9080|v2|reviews.default.svc.cluster.local");
    }

    @Test
    void numbersInRetryOnBecomeStatusCodes() {
        var policy = routes("""
                        - retries: {attempts: 3, perTryTimeout: 2s, retryOn: "503,reset"}
                          route: [{destination: {host: reviews}}]
                        """).get(0).getRoute().getRetryPolicy();
        assertThat(policy.getRetryOn()).isEqualTo("reset,retriable-status-codes");
        assertThat(policy.getRetriableStatusCodesList()).containsExactly(503);
        assertThat(policy.getPerTryTimeout().getSeconds()).isEqualTo(2);
    }

    @Test
    void zeroAttemptsSwitchRetriesOff() {
        RouteAction action = routes("- retries: {attempts: 0}\n  route: [{destination: {host: reviews}}]")
                .get(0)
                .getRoute();
        assertThat(action.hasRetryPolicy()).isFalse();
    }

    @Test
    void aRouteSaysWhereItWasWrittenAndWhatSomebodyWrote() {
        var weft = routes("- timeout: 3s\n  route: [{destination: {host: reviews}}]")
                .get(0)
                .getMetadata()
                .getFilterMetadataOrThrow("dev.weft");
        assertThat(weft.getFieldsOrThrow("file").getStringValue()).isEqualTo("mesh.yaml");
        assertThat(weft.getFieldsOrThrow("line").getNumberValue()).isPositive();
        assertThat(weft.getFieldsOrThrow("resource").getStringValue())
                .isEqualTo("VirtualService default/reviews http[0]");
        assertThat(weft.getFieldsOrThrow("written").getStructValue().getFieldsMap())
                .containsExactly(Map.entry("timeout", HERE));
    }

    @Test
    void aBoundOfOneTryIsWrittenApartFromRetries() {
        assertThat(written("- retries: {attempts: 0}\n  route: [{destination: {host: reviews}}]"))
                .containsExactly(Map.entry("retries", HERE));
        assertThat(written("- retries: {attempts: 1, perTryTimeout: 1s}\n  route: [{destination: {host: reviews}}]"))
                .containsOnlyKeys("retries", "perTryTimeout");
        assertThat(written("- route: [{destination: {host: reviews}}]")).isEmpty();
    }

    @Test
    void theMeshsOwnRetryPolicyIsADefaultToo() {
        Mesh mesh = Mesh.withMeshConfig(
                "defaultHttpRetryPolicy: {attempts: 5, retryOn: reset}",
                Yaml.REVIEWS,
                Yaml.virtualService("reviews", "- route: [{destination: {host: reviews}}]"));
        Route route = mesh.routes(NAME).get(0);
        assertThat(route.getRoute().getRetryPolicy().getNumRetries().getValue()).isEqualTo(5);
        assertThat(written(route)).isEmpty();
    }

    @Test
    void whatADelegateInheritsWasWrittenByItsRoot() {
        String leaf = Yaml.resource("VirtualService", "leaf", "default", """
                  http:
                  - retries: {attempts: 1}
                    route: [{destination: {host: reviews}}]
                """);
        Route route = new Mesh(
                        Yaml.REVIEWS,
                        Yaml.virtualService(
                                "reviews", "- timeout: 3s\n  retries: {attempts: 5}\n  delegate: {name: leaf}"),
                        leaf)
                .routes(NAME)
                .get(0);
        Map<String, Value> written = written(route);
        assertThat(written.get("timeout")
                        .getStructValue()
                        .getFieldsOrThrow("resource")
                        .getStringValue())
                .isEqualTo("VirtualService default/reviews http[0]");
        assertThat(written.get("retries")).isEqualTo(HERE);
    }

    private static Map<String, Value> written(String http) {
        return written(routes(http).get(0));
    }

    private static Map<String, Value> written(Route route) {
        return route.getMetadata()
                .getFilterMetadataOrThrow("dev.weft")
                .getFieldsOrThrow("written")
                .getStructValue()
                .getFieldsMap();
    }

    @Test
    void conditionsOnTheCallerAreDecidedHere() {
        String http = """
                - match: [{sourceLabels: {app: other}}]
                  route: [{destination: {host: reviews, subset: v1}}]
                - match: [{sourceNamespace: default, port: 9080, gateways: [mesh]}]
                  route: [{destination: {host: reviews, subset: v2}}]
                - match: [{port: 9999}]
                  route: [{destination: {host: ratings}}]
                """;
        Mesh mesh = new Mesh(Yaml.REVIEWS, Yaml.RATINGS, Yaml.SUBSETS, Yaml.virtualService("reviews", http));
        assertThat(mesh.routes(NAME))
                .singleElement()
                .satisfies(route -> assertThat(route.getRoute().getCluster()).contains("|v2|"));
        assertThat(Mesh.routes(mesh.view(Mesh.client("prod", "app", "other")), NAME))
                .singleElement()
                .satisfies(route -> assertThat(route.getRoute().getCluster()).contains("|v1|"));
    }

    @Test
    void rulesThatSayNothingToThisCallerLeaveTheDefault() {
        Route route = routes("""
                        - match: [{sourceNamespace: prod}]
                          route: [{destination: {host: ratings}}]
                        """).get(0);
        assertThat(route.getName()).isEqualTo("default");
    }
}
