package dev.weft.xds.reader;

import static dev.weft.xds.InboundListeners.anybody;
import static dev.weft.xds.InboundListeners.anything;
import static dev.weft.xds.InboundListeners.encrypted;
import static dev.weft.xds.InboundListeners.filter;
import static dev.weft.xds.InboundListeners.listener;
import static dev.weft.xds.InboundListeners.manager;
import static dev.weft.xds.InboundListeners.plaintext;
import static dev.weft.xds.InboundListeners.rbac;
import static dev.weft.xds.InboundListeners.rules;
import static dev.weft.xds.InboundListeners.tls;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UnknownFieldSet;
import dev.weft.config.ConfigProblem;
import dev.weft.proto.envoy.config.core.v3.CidrRange;
import dev.weft.proto.envoy.config.core.v3.TypedExtensionConfig;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.listener.v3.ListenerFilter;
import dev.weft.proto.envoy.config.rbac.v3.Permission;
import dev.weft.proto.envoy.config.rbac.v3.Principal;
import dev.weft.proto.envoy.config.rbac.v3.RBAC;
import dev.weft.proto.envoy.config.route.v3.DirectResponseAction;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.config.route.v3.WeightedCluster;
import dev.weft.proto.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import dev.weft.proto.envoy.type.matcher.v3.FilterStateMatcher;
import dev.weft.proto.envoy.type.matcher.v3.RegexMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import dev.weft.proto.google.api.expr.v1alpha1.Expr;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever is not understood in a listener for requests that come in lets nobody in, and is named. */
final class InboundRefusalsTest {
    private static final String MANAGER = "filter_chains[0].filters[0].typed_config";
    private static final String RULES = MANAGER + ".http_filters[0].typed_config.rules";
    private static final String POLICY = RULES + ".policies[\"ns[default]-policy[p]-rule[0]\"]";
    private static final String TLS = "filter_chains[0].transport_socket.typed_config";

    private final Map<Listener, String> spoiled = new LinkedHashMap<>();

    @TestFactory
    Stream<DynamicTest> whatIsNotUnderstoodLetsNobodyIn() {
        listeners();
        chains();
        contexts();
        managers();
        filters();
        policies();
        return spoiled.entrySet().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(entry.getValue(), () -> refuses(entry.getKey(), entry.getValue())));
    }

    private static void refuses(Listener listener, String place) {
        Read<ReadListener> read = ListenerReader.read(listener.getName(), listener.toByteArray());

        assertThat(read.value().kind()).isEqualTo(ReadListener.Kind.INBOUND);
        assertThat(read.value().inbound().refusal()).contains("Listener inbound: " + place);
        assertThat(read.problems())
                .anyMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR
                        && problem.field().equals(place));
    }

    private void listeners() {
        Listener good = listener("inbound", plaintext());
        spoil("default_filter_chain", good.toBuilder().setDefaultFilterChain(plaintext()));
        spoil(
                "listener_filters[0]",
                good.toBuilder()
                        .addListenerFilters(
                                ListenerFilter.newBuilder().setName("envoy.filters.listener.proxy_protocol")));
        spoil("field number 4711", good.toBuilder().setUnknownFields(newer()));
    }

    private void chains() {
        FilterChain good = plaintext();
        FilterChain.Builder somewhere = good.toBuilder();
        somewhere.getFilterChainMatchBuilder().addServerNames("a.example.com");
        spoil("filter_chains[0].filter_chain_match.server_names", somewhere);
        FilterChain.Builder some = good.toBuilder();
        some.getFilterChainMatchBuilder()
                .addPrefixRanges(
                        CidrRange.newBuilder().setAddressPrefix("10.0.0.0").setPrefixLen(UInt32Value.of(8)));
        spoil("filter_chains[0].filter_chain_match.prefix_ranges[0]", some);
        FilterChain.Builder quic = good.toBuilder();
        quic.getFilterChainMatchBuilder().setTransportProtocol("quic");
        spoil("filter_chains[0].filter_chain_match.transport_protocol", quic);
        FilterChain.Builder newer = good.toBuilder();
        newer.getFilterChainMatchBuilder().setUnknownFields(newer());
        spoil("filter_chains[0].filter_chain_match.field number 4711", newer);
        spoil(
                "filter_chains[0].filters[0]",
                good.toBuilder().setFilters(0, Filter.newBuilder().setName("envoy.filters.network.ext_authz")));
        // Envoy closes connections that nothing serves.
        spoil("filter_chains[0].filters", good.toBuilder().clearFilters());
        var others = tls().toBuilder();
        others.getCommonTlsContextBuilder()
                .getCombinedValidationContextBuilder()
                .getDefaultValidationContextBuilder()
                .clearMatchSubjectAltNames();
        spoiled.put(
                listener("inbound", encrypted(others.build(), manager()), encrypted(tls(), manager())),
                "filter_chains");
        spoiled.put(
                listener("inbound", plaintext(), plaintext(rbac(rules(RBAC.Action.DENY, anything(), anybody())))),
                "filter_chains");
    }

    private void contexts() {
        spoil(
                TLS + ".require_client_certificate",
                encrypted(
                        tls().toBuilder()
                                .setRequireClientCertificate(BoolValue.of(false))
                                .build(),
                        manager())
                        .toBuilder());
        var foreign = tls().toBuilder();
        foreign.getCommonTlsContextBuilder()
                .getTlsCertificateSdsSecretConfigsBuilder(0)
                .setName("kubernetes://mine");
        spoil(
                TLS + ".common_tls_context.tls_certificate_sds_secret_configs[0]",
                encrypted(foreign.build(), manager()).toBuilder());
        var roots = tls().toBuilder();
        roots.getCommonTlsContextBuilder()
                .getCombinedValidationContextBuilder()
                .getDefaultValidationContextBuilder()
                .addVerifyCertificateHash("00");
        spoil(
                TLS
                        + ".common_tls_context.combined_validation_context.default_validation_context.verify_certificate_hash",
                encrypted(roots.build(), manager()).toBuilder());
        var none = tls().toBuilder();
        none.getCommonTlsContextBuilder().clearCombinedValidationContext();
        spoil(TLS + ".common_tls_context.validation_context", encrypted(none.build(), manager()).toBuilder());
    }

    private void managers() {
        HttpConnectionManager good = manager();
        spoil(MANAGER, good.toBuilder().setRds(Rds.newBuilder().setRouteConfigName("inbound")));
        spoil(
                MANAGER + ".original_ip_detection_extensions",
                good.toBuilder().addOriginalIpDetectionExtensions(TypedExtensionConfig.getDefaultInstance()));
        spoil(MANAGER + ".strip_any_host_port", good.toBuilder().setStripAnyHostPort(true));
        spoil(MANAGER + ".field number 4711", good.toBuilder().setUnknownFields(newer()));
        VirtualHost host = VirtualHost.newBuilder()
                .addRoutes(Route.newBuilder()
                        .putTypedPerFilterConfig(
                                "envoy.filters.http.rbac", Any.pack(RBACPerRoute.getDefaultInstance())))
                .build();
        spoil(
                MANAGER
                        + ".route_config.virtual_hosts[0].routes[0].typed_per_filter_config[\"envoy.filters.http.rbac\"]",
                good.toBuilder().setRouteConfig(RouteConfiguration.newBuilder().addVirtualHosts(host)));
        spoil(
                MANAGER + ".route_config.virtual_hosts[0].require_tls",
                routes(VirtualHost.newBuilder().setRequireTls(VirtualHost.TlsRequirementType.ALL)));
        spoil(
                MANAGER + ".route_config.virtual_hosts[0].routes[0].action",
                routes(VirtualHost.newBuilder()
                        .addRoutes(Route.newBuilder()
                                .setDirectResponse(
                                        DirectResponseAction.newBuilder().setStatus(403)))));
        WeightedCluster.ClusterWeight weight = WeightedCluster.ClusterWeight.newBuilder()
                .putTypedPerFilterConfig("envoy.filters.http.rbac", Any.pack(RBACPerRoute.getDefaultInstance()))
                .build();
        spoil(
                MANAGER + ".route_config.virtual_hosts[0].routes[0].route.weighted_clusters.clusters[0]"
                        + ".typed_per_filter_config[\"envoy.filters.http.rbac\"]",
                routes(VirtualHost.newBuilder()
                        .addRoutes(Route.newBuilder()
                                .setRoute(RouteAction.newBuilder()
                                        .setWeightedClusters(
                                                WeightedCluster.newBuilder().addClusters(weight))))));
    }

    private static HttpConnectionManager.Builder routes(VirtualHost.Builder host) {
        return manager().toBuilder()
                .setRouteConfig(RouteConfiguration.newBuilder().addVirtualHosts(host));
    }

    private void filters() {
        spoil(MANAGER + ".http_filters[0]", manager(filter("envoy.filters.http.wasm", UInt32Value.of(1))).toBuilder());
        var matcher = dev.weft
                .proto
                .envoy
                .extensions
                .filters
                .http
                .rbac
                .v3
                .RBAC
                .newBuilder()
                .setMatcher(dev.weft.proto.xds.type.matcher.v3.Matcher.getDefaultInstance())
                .build();
        spoil(
                MANAGER + ".http_filters[0].typed_config.matcher",
                manager(filter("envoy.filters.http.rbac", matcher)).toBuilder());
        var broken = filter("envoy.filters.http.rbac", matcher).toBuilder()
                .setTypedConfig(Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC")
                        .setValue(ByteString.copyFromUtf8("garbage")))
                .build();
        spoil(MANAGER + ".http_filters[0].typed_config", manager(broken).toBuilder());
    }

    private void policies() {
        RBAC good = rules(RBAC.Action.ALLOW, anything(), anybody());
        spoil(RULES + ".action", good.toBuilder().setActionValue(7));
        var condition = good.toBuilder();
        condition.putPolicies(
                "ns[default]-policy[p]-rule[0]",
                good.getPoliciesMap().values().iterator().next().toBuilder()
                        .setCondition(Expr.newBuilder().setId(1))
                        .build());
        spoil(POLICY + ".condition", condition);
        spoil(POLICY + ".permissions[0]", Permission.getDefaultInstance());
        spoil(
                POLICY + ".permissions[0].matcher",
                Permission.newBuilder()
                        .setMatcher(TypedExtensionConfig.getDefaultInstance())
                        .build());
        spoil(
                POLICY + ".permissions[0].not_rule.destination_port",
                Permission.newBuilder()
                        .setNotRule(Permission.newBuilder().setDestinationPort(70_000))
                        .build());
        spoil(
                POLICY + ".permissions[0].and_rules.field number 4711",
                Permission.newBuilder()
                        .setAndRules(
                                Permission.Set.newBuilder().addRules(anything()).setUnknownFields(newer()))
                        .build());
        spoil(
                POLICY + ".permissions[0].url_path.path.safe_regex.regex",
                Permission.newBuilder()
                        .setUrlPath(dev.weft.proto.envoy.type.matcher.v3.PathMatcher.newBuilder()
                                .setPath(StringMatcher.newBuilder()
                                        .setSafeRegex(RegexMatcher.newBuilder().setRegex("("))))
                        .build());
        spoil(
                POLICY + ".principals[0].field number 4711",
                Principal.newBuilder().setUnknownFields(newer()).build());
        spoil(
                POLICY + ".principals[0].remote_ip",
                Principal.newBuilder()
                        .setRemoteIp(CidrRange.newBuilder()
                                .setAddressPrefix("10.0.0.0")
                                .setPrefixLen(UInt32Value.of(33)))
                        .build());
        spoil(
                POLICY + ".principals[0].remote_ip",
                Principal.newBuilder()
                        .setRemoteIp(CidrRange.newBuilder().setAddressPrefix("localhost"))
                        .build());
        spoil(
                POLICY + ".principals[0].filter_state.key",
                Principal.newBuilder()
                        .setFilterState(FilterStateMatcher.newBuilder()
                                .setKey("some.key")
                                .setStringMatch(StringMatcher.newBuilder().setExact("x")))
                        .build());
    }

    @Test
    void bytesThatAreNoMessageLetNobodyInEither() {
        Read<ReadListener> read = ListenerReader.read("virtualInbound", new byte[] {1, 2, 3});

        assertThat(read.value().inbound().refusal()).contains("a Listener message");
    }

    /** Otherwise a broken direction would turn it into a listener for calls that go out, and open the door. */
    @Test
    void aListenerOfThatNameIsForRequestsThatComeInWhateverItSays() {
        Listener outbound = Listener.newBuilder().setName("inbound").build();

        assertThat(ListenerReader.read("inbound", outbound.toByteArray())
                        .value()
                        .kind())
                .isEqualTo(ReadListener.Kind.INBOUND);
    }

    private void spoil(String place, Listener.Builder listener) {
        spoiled.put(listener.build(), place);
    }

    private void spoil(String place, FilterChain.Builder chain) {
        spoiled.put(listener("inbound", chain.build()), place);
    }

    private void spoil(String place, HttpConnectionManager.Builder manager) {
        spoil(place, plaintext(manager.build()).toBuilder());
    }

    private void spoil(String place, RBAC.Builder rules) {
        spoil(place, manager(rbac(rules.build())).toBuilder());
    }

    private void spoil(String place, Permission permission) {
        spoil(place, rules(RBAC.Action.ALLOW, permission, anybody()).toBuilder());
    }

    private void spoil(String place, Principal principal) {
        spoil(place, rules(RBAC.Action.ALLOW, anything(), principal).toBuilder());
    }

    private static UnknownFieldSet newer() {
        return UnknownFieldSet.newBuilder()
                .addField(4711, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
    }
}
