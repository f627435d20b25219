package dev.weft.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.control.registry.InstancePort;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.rbac.v3.RBAC.Action;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import dev.weft.proto.envoy.extensions.filters.http.rbac.v3.RBAC;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listener for what arrives at a workload. */
class InboundTest {
    private static final String HEAD = "apiVersion: security.istio.io/v1\nkind: ";

    private static String peers(String spec) {
        return HEAD + "PeerAuthentication\nmetadata: {name: p}\nspec: " + spec;
    }

    private static String policy(String name, String spec) {
        return HEAD + "AuthorizationPolicy\nmetadata: {name: " + name + "}\nspec: " + spec;
    }

    private static final String PROVIDER = """
            extensionProviders:
            - name: asks
              envoyExtAuthzGrpc: {service: authz.example.com, port: 9000}
            - name: other
              envoyExtAuthzHttp: {service: authz.example.com, port: 9000, includeRequestHeadersInCheck: [x-*]}
            """;
    private static final String SERVICE = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: authz}
            spec:
              hosts: [authz.example.com]
              resolution: STATIC
              ports: [{number: 9000, name: grpc, protocol: GRPC}]
              endpoints: [{address: 10.0.0.9}]
            """;

    private static Listener inbound(Mesh mesh) {
        return mesh.inbound(Mesh.workload("reviews", Mesh.http(9080)));
    }

    private static List<String> matches(Listener listener) {
        return listener.getFilterChainsList().stream()
                .map(chain -> chain.getFilterChainMatch().getDestinationPort().getValue() + " "
                        + chain.getFilterChainMatch().getTransportProtocol())
                .toList();
    }

    private static List<HttpFilter> filters(Listener listener) throws InvalidProtocolBufferException {
        FilterChain chain = listener.getFilterChains(listener.getFilterChainsCount() - 1);
        return chain.getFilters(0)
                .getTypedConfig()
                .unpack(HttpConnectionManager.class)
                .getHttpFiltersList();
    }

    private static RBAC rbac(HttpFilter filter) throws InvalidProtocolBufferException {
        return filter.getTypedConfig().unpack(RBAC.class);
    }

    private static List<String> names(List<HttpFilter> filters) {
        return filters.stream()
                .map(filter -> filter.getName().substring("envoy.filters.http.".length()))
                .toList();
    }

    @Test
    void aPortHasAChainForEachKindOfConnectionThatItTakes() {
        assertThat(matches(inbound(new Mesh())))
                .containsExactly("0 tls", "0 raw_buffer", "9080 tls", "9080 raw_buffer");
        assertThat(matches(inbound(new Mesh(peers("{mtls: {mode: STRICT}}"))))).containsExactly("0 tls", "9080 tls");
        assertThat(matches(inbound(new Mesh(peers("{mtls: {mode: DISABLE}}")))))
                .containsExactly("0 raw_buffer", "9080 raw_buffer");
        assertThat(matches(inbound(new Mesh(peers("{selector: {matchLabels: {app: reviews}}, mtls: {mode: STRICT},"
                        + " portLevelMtls: {9080: {mode: PERMISSIVE}, 9999: {mode: DISABLE}}}")))))
                .containsExactly("0 tls", "9080 tls", "9080 raw_buffer", "9999 raw_buffer");
    }

    @Test
    void servicesAreAskedFirstThenTokensThenWhatRecordsWhatDeniesAndWhatAllows() throws Exception {
        Mesh mesh = Mesh.withMeshConfig(
                PROVIDER,
                SERVICE,
                policy("allow", "{rules: [{}]}"),
                policy("deny", "{action: DENY, rules: [{}]}"),
                policy("audit", "{action: AUDIT, rules: [{}]}"),
                policy("custom", "{action: CUSTOM, provider: {name: asks}, rules: [{}]}"),
                HEAD
                        + "RequestAuthentication\nmetadata: {name: r}\nspec: {jwtRules: [{issuer: i, jwks: '{\"keys\":[]}'}]}");
        List<HttpFilter> filters = filters(inbound(mesh));
        assertThat(names(filters)).containsExactly("rbac", "ext_authz", "jwt_authn", "rbac", "rbac", "rbac", "router");
        assertThat(rbac(filters.get(0)).getShadowRulesStatPrefix()).isEqualTo("istio_ext_authz_");
        assertThat(rbac(filters.get(3)).getRules().getAction()).isEqualTo(Action.LOG);
        assertThat(rbac(filters.get(4)).getRules().getAction()).isEqualTo(Action.DENY);
        assertThat(rbac(filters.get(5)).getRules().getAction()).isEqualTo(Action.ALLOW);
        ExtAuthz question = filters.get(1).getTypedConfig().unpack(ExtAuthz.class);
        assertThat(question.getGrpcService().getEnvoyGrpc().getClusterName())
                .isEqualTo("outbound|9000||authz.example.com");
        assertThat(question.getFailureModeAllow()).isFalse();
        String picked = rbac(filters.get(0))
                .getShadowRules()
                .getPoliciesMap()
                .keySet()
                .iterator()
                .next();
        assertThat(picked)
                .startsWith(question.getFilterEnabledMetadata()
                        .getValue()
                        .getStringMatch()
                        .getPrefix());
    }

    @Test
    void aQuestionThatCannotBeAskedDeniesWhatItWasFor() throws Exception {
        String custom = policy(
                "custom", "{action: CUSTOM, provider: {name: asks}, rules: [{to: [{operation: {paths: [/x]}}]}]}");
        for (Mesh mesh : List.of(
                new Mesh(custom),
                Mesh.withMeshConfig(PROVIDER, custom),
                Mesh.withMeshConfig(
                        PROVIDER.replace("port: 9000}", "port: 9000, includeRequestBodyInCheck: {maxRequestBytes: 9}}"),
                        SERVICE,
                        custom),
                Mesh.withMeshConfig(
                        PROVIDER,
                        SERVICE,
                        custom,
                        policy("second", "{action: CUSTOM, provider: {name: other}, rules: [{}]}")))) {
            List<HttpFilter> filters = filters(inbound(mesh));
            assertThat(names(filters)).doesNotContain("ext_authz");
            assertThat(rbac(filters.get(0)).getRules().getAction()).isEqualTo(Action.DENY);
            assertThat(rbac(filters.get(0)).getRules().getPoliciesMap().keySet())
                    .allMatch(name -> name.endsWith("-deny-due-to-bad-CUSTOM-action"));
        }
    }

    @Test
    void whatIsOnlyTriedOutDecidesNothing() throws Exception {
        Mesh mesh = new Mesh(policy("dry", "{action: DENY, rules: [{}]}")
                .replace("name: dry", "name: dry, annotations: {istio.io/dry-run: \"true\"}"));
        RBAC rbac = rbac(filters(inbound(mesh)).get(0));
        assertThat(rbac.hasRules()).isFalse();
        assertThat(rbac.getShadowRules().getPoliciesCount()).isEqualTo(1);
        assertThat(rbac.getShadowRulesStatPrefix()).isEqualTo("istio_dry_run_deny_");
    }

    @Test
    void aPolicyWithoutRulesAllowsNothingAndIsThere() throws Exception {
        RBAC rbac = rbac(filters(inbound(new Mesh(policy("none", "{}")))).get(0));
        assertThat(rbac.getRules().getAction()).isEqualTo(Action.ALLOW);
        assertThat(rbac.getRules().getPoliciesMap().values())
                .singleElement()
                .satisfies(
                        never -> assertThat(never.getPermissions(0).getNotRule().getAny())
                                .isTrue());
    }

    @Test
    void whereNoHttpIsSpokenLessIsAllowedAndMoreDenied() throws Exception {
        Mesh mesh = new Mesh(
                policy(
                        "a",
                        "{rules: [{to: [{operation: {paths: [/x], ports: [\"7000\"]}}]}, {to: [{operation: {ports: [\"7000\"]}}]}]}"),
                policy(
                        "d",
                        "{action: DENY, rules: [{to: [{operation: {methods: [GET]}}], from: [{source: {namespaces: [foo]}}]}]}"));
        Listener listener =
                mesh.inbound(Mesh.workload("reviews", new InstancePort("tcp", "TCP", 7000, "10.0.0.1", 30_000)));
        FilterChain chain = listener.getFilterChains(listener.getFilterChainsCount() - 1);
        var deny = chain.getFilters(0)
                .getTypedConfig()
                .unpack(dev.weft.proto.envoy.extensions.filters.network.rbac.v3.RBAC.class)
                .getRules();
        var allow = chain.getFilters(1)
                .getTypedConfig()
                .unpack(dev.weft.proto.envoy.extensions.filters.network.rbac.v3.RBAC.class)
                .getRules();
        assertThat(allow.getPoliciesMap()).containsOnlyKeys("ns[default]-policy[a]-rule[1]");
        assertThat(deny.getPoliciesMap().values())
                .singleElement()
                .satisfies(rule -> assertThat(
                                rule.getPermissions(0).getAndRules().getRules(0).getAny())
                        .isTrue());
        assertThat(chain.getFilters(2).getName()).isEqualTo("envoy.filters.network.tcp_proxy");
    }

    @Test
    void aliasesOfTheTrustDomainMeanTheSameCallers() throws Exception {
        Mesh mesh = Mesh.withMeshConfig(
                "{trustDomain: new.td, trustDomainAliases: [old.td]}",
                policy(
                        "a",
                        "{rules: [{from: [{source: {principals: [\"old.td/ns/n/sa/s\", \"foreign/ns/n/sa/s\", \"*/sa/x\"]}}]}]}"));
        var or = rbac(filters(inbound(mesh)).get(0))
                .getRules()
                .getPoliciesMap()
                .values()
                .iterator()
                .next()
                .getPrincipals(0)
                .getAndIds()
                .getIds(0)
                .getOrIds();
        assertThat(or.getIdsList())
                .extracting(id -> id.getAuthenticated().getPrincipalName().getExact())
                .containsExactly(
                        "spiffe://new.td/ns/n/sa/s", "spiffe://old.td/ns/n/sa/s", "spiffe://foreign/ns/n/sa/s", "");
    }

    @Test
    void keysThatAreNotAtHandAreKeysThatNobodyHas() throws Exception {
        Mesh mesh = new Mesh(
                HEAD
                        + "RequestAuthentication\nmetadata: {name: r}\nspec: {jwtRules: [{issuer: i, jwksUri: \"https://i.example.com/k\"}]}");
        JwtAuthentication tokens =
                filters(inbound(mesh)).get(0).getTypedConfig().unpack(JwtAuthentication.class);
        assertThat(tokens.getProvidersOrThrow("origins-0").getLocalJwks().getInlineString())
                .contains("\"nobody\"");
    }

    @Test
    void workloadsThatFollowTheSamePoliciesShareOneListener() {
        Mesh mesh = new Mesh(policy("a", "{selector: {matchLabels: {app: reviews}}, rules: [{}]}"));
        var one = mesh.view(Mesh.workload("reviews", Mesh.http(9080)));
        var same = mesh.view(Mesh.workload("reviews", Mesh.http(9080)));
        var other = mesh.view(Mesh.workload("ratings", Mesh.http(9080)));
        assertThat(same).isSameAs(one);
        assertThat(other).isNotSameAs(one);
        assertThat(other.base()).isSameAs(one.base());
        var before = one.resource(dev.weft.control.ads.ResourceType.LISTENER, "inbound");
        mesh.register("details-1", "details", "v1", 9080, 30_000);
        mesh.register("details-2", "details", "v1", 9080, 30_001);
        one = mesh.view(Mesh.workload("reviews", Mesh.http(9080)));
        one.resource(dev.weft.control.ads.ResourceType.LISTENER, "inbound");
        mesh.register("details-3", "details", "v1", 9080, 30_002);
        assertThat(mesh.view(Mesh.workload("reviews", Mesh.http(9080)))
                        .resource(dev.weft.control.ads.ResourceType.LISTENER, "inbound"))
                .isEqualTo(before);
    }
}
