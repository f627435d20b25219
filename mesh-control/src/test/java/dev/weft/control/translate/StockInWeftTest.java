package dev.weft.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.config.Encryption;
import dev.weft.config.Locality;
import dev.weft.control.ads.ClientNode;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.extensions.filters.http.rbac.v3.RBAC;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Weft node is served for a stock gRPC library in its process. */
final class StockInWeftTest {
    private static final String NAME = "reviews.default.svc.cluster.local:9080";
    private static final String CLUSTER = "outbound|9080||reviews.default.svc.cluster.local";
    private static final String HEAD = "apiVersion: security.istio.io/v1\nkind: ";

    private static String policy(String spec) {
        return HEAD + "AuthorizationPolicy\nmetadata: {name: judge}\nspec: " + spec;
    }

    private static String peers(String mode) {
        return HEAD + "PeerAuthentication\nmetadata: {name: p}\nspec: {mtls: {mode: " + mode + "}}";
    }

    @Test
    void itIsWhatAStockClientBesideItGets() {
        Mesh mesh = new Mesh();
        mesh.register("r1", "reviews", "v1", 9080, 1000);
        View own = mesh.view(Mesh.client("default"));
        View stock = mesh.view(Mesh.client(ClientNode.Kind.GRPC, "default"));

        for (String name : List.of(NAME, "reviews:9080")) {
            assertThat(own.resource(ResourceType.LISTENER, "grpc/" + name).body())
                    .isEqualTo(stock.resource(ResourceType.LISTENER, name).body());
        }
        assertThat(own.resource(ResourceType.ROUTE, "grpc/" + NAME).body())
                .isEqualTo(stock.resource(ResourceType.ROUTE, NAME).body())
                .isNotEqualTo(own.resource(ResourceType.ROUTE, NAME).body());
        assertThat(own.resource(ResourceType.CLUSTER, "grpc/" + CLUSTER).name()).isEqualTo("grpc/" + CLUSTER);
        assertThat(own.resource(ResourceType.ENDPOINT, "grpc/nobody")).isNull();
        assertThat(stock.resource(ResourceType.LISTENER, "grpc/" + NAME)).isNull();
    }

    @Test
    void itEncryptsWhereEverybodyTakesItAndNobodySaidOtherwise() throws Exception {
        Mesh mesh = new Mesh();
        serve(mesh, "r1", Encryption.BOTH);
        UpstreamTlsContext tls =
                cluster(mesh).getTransportSocket().getTypedConfig().unpack(UpstreamTlsContext.class);
        assertThat(tls.getCommonTlsContext().getTlsCertificateProviderInstance().getInstanceName())
                .isEqualTo("default");
        assertThat(tls.getCommonTlsContext()
                        .getCombinedValidationContext()
                        .getDefaultValidationContext()
                        .getMatchSubjectAltNamesList())
                .singleElement()
                .satisfies(name -> assertThat(name.getExact()).endsWith("/sa/bookinfo"));

        serve(mesh, "r2", Encryption.PLAINTEXT);
        assertThat(cluster(mesh).hasTransportSocket()).isFalse();

        Mesh disabled = new Mesh(peers("DISABLE"));
        serve(disabled, "r1", Encryption.BOTH);
        assertThat(cluster(disabled).hasTransportSocket()).isFalse();
    }

    @Test
    void withoutAnIdentityThereIsNoClusterThatWouldWaitForOne() {
        Mesh mesh = new Mesh("""
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: reviews}
                spec: {host: reviews, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}
                """);
        serve(mesh, "r1", Encryption.BOTH);

        assertThat(cluster(mesh).hasTransportSocket()).isTrue();
        assertThat(mesh.view(MutualTlsTest.anonymous()).resource(ResourceType.CLUSTER, "grpc/" + CLUSTER))
                .isNull();
        assertThat(mesh.view(MutualTlsTest.anonymous()).resource(ResourceType.CLUSTER, CLUSTER))
                .isNotNull();
    }

    @Test
    void itsServerSpeaksMutualTlsWherePlaintextIsNotTaken() throws Exception {
        assertThat(server(new Mesh()).getDefaultFilterChain().hasTransportSocket())
                .isFalse();
        assertThat(server(new Mesh(peers("PERMISSIVE"))).getDefaultFilterChain().hasTransportSocket())
                .isFalse();

        Listener strict = server(new Mesh(peers("STRICT")));
        assertThat(strict.getAddress().getSocketAddress().getPortValue()).isEqualTo(9080);
        DownstreamTlsContext tls = strict.getDefaultFilterChain()
                .getTransportSocket()
                .getTypedConfig()
                .unpack(DownstreamTlsContext.class);
        assertThat(tls.getRequireClientCertificate().getValue()).isTrue();
        assertThat(tls.getCommonTlsContext().hasTlsParams())
                .as("refused by gRPC")
                .isFalse();
    }

    @Test
    void itsServerDeniesThenAllows() throws Exception {
        List<HttpFilter> filters = filters(new Mesh(
                policy("{rules: [{from: [{source: {principals: [cluster.local/ns/default/sa/page]}}],"
                        + " to: [{operation: {paths: [/test.Greeter/*]}}]}]}"),
                policy("{action: DENY, rules: [{when: [{key: 'request.headers[x-bad]', values: ['*']}]}]}")
                        .replace("judge", "no")));

        assertThat(filters)
                .extracting(HttpFilter::getName)
                .containsExactly(
                        "envoy.filters.http.rbac.deny", "envoy.filters.http.rbac.allow", "envoy.filters.http.router");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{action: DENY, rules: [{from: [{source: {requestPrincipals: ['i/*']}}]}]}",
                "{action: DENY, rules: [{from: [{source: {notRemoteIpBlocks: [10.0.0.0/8]}}]}]}",
                "{action: DENY, rules: [{when: [{key: connection.sni, values: [a]}]}]}",
                "{action: DENY, rules: [{when: [{key: 'request.headers[grpc-timeout]', values: ['1S']}]}]}",
                "{rules: [{to: [{operation: {paths: ['/test.Greeter/{*}']}}]}]}",
                "{action: CUSTOM, provider: {name: asks}, rules: [{}]}",
            })
    void whatItsServerCannotJudgeClosesIt(String spec) throws Exception {
        Mesh mesh = new Mesh(policy(spec), policy("{rules: [{}]}").replace("judge", "yes"));

        List<HttpFilter> filters = filters(mesh);

        assertThat(filters)
                .extracting(HttpFilter::getName)
                .containsExactly("envoy.filters.http.rbac.closed", "envoy.filters.http.router");
        RBAC closed = filters.get(0).getTypedConfig().unpack(RBAC.class);
        assertThat(closed.getRules().getPoliciesMap().keySet())
                .singleElement()
                .asString()
                .startsWith("ns[default]-policy[judge]-deny-due-to-");
        assertThat(mesh.translator.problems())
                .anySatisfy(problem ->
                        assertThat(problem.toString()).contains("AuthorizationPolicy default/judge", "mesh.yaml"));
    }

    @Test
    void tokensCloseItsServerToo() throws Exception {
        Mesh mesh = new Mesh(HEAD
                + "RequestAuthentication\nmetadata: {name: r}\nspec: {jwtRules: [{issuer: i, jwks: '{\"keys\":[]}'}]}");

        assertThat(filters(mesh).get(0).getName()).isEqualTo("envoy.filters.http.rbac.closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc/inbound", "grpc/inbound/", "grpc/inbound/0.0.0.0", "grpc/inbound/0.0.0.0:70000"})
    void aNameOfNoServerIsNotServed(String name) {
        assertThat(new Mesh().view().resource(ResourceType.LISTENER, name)).isNull();
    }

    private static Listener server(Mesh mesh) {
        return Mesh.read(
                mesh.view(Mesh.workload("reviews", Mesh.http(9080)))
                        .resource(ResourceType.LISTENER, "grpc/inbound/0.0.0.0:9080"),
                Listener.class);
    }

    private static List<HttpFilter> filters(Mesh mesh) throws InvalidProtocolBufferException {
        return server(mesh)
                .getDefaultFilterChain()
                .getFilters(0)
                .getTypedConfig()
                .unpack(HttpConnectionManager.class)
                .getHttpFiltersList();
    }

    private static Cluster cluster(Mesh mesh) {
        return Mesh.read(mesh.view().resource(ResourceType.CLUSTER, "grpc/" + CLUSTER), Cluster.class);
    }

    private static void serve(Mesh mesh, String instance, Encryption encryption) {
        mesh.registry.announce(
                new Registration(
                        instance,
                        1,
                        "default",
                        "reviews",
                        "bookinfo",
                        Map.of("app", "reviews"),
                        Locality.NONE,
                        List.of(new InstancePort("http", "HTTP", 9080, "10.0.0.1", 1000, encryption)),
                        Health.HEALTHY,
                        true),
                1);
    }
}
