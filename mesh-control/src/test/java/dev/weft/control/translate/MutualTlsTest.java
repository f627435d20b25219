package dev.weft.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.config.Encryption;
import dev.weft.config.Locality;
import dev.weft.control.ads.ClientNode;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.endpoint.v3.LbEndpoint;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which calls are encrypted, to which socket, and whom they believe. */
class MutualTlsTest {
    private static final String CLUSTER = "outbound|9080||reviews.default.svc.cluster.local";

    private static String rule(String tls) {
        return "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: reviews}\n"
                + "spec: {host: reviews, trafficPolicy: {tls: " + tls + "}}";
    }

    private static String peers(String mode) {
        return "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: p}\nspec: {mtls: {mode: "
                + mode + "}}";
    }

    private static InstancePort port(int bound, Encryption encryption) {
        return new InstancePort("http", "HTTP", 9080, "10.0.0.1", bound, encryption);
    }

    private static Mesh mesh(List<InstancePort> ports, String... yaml) {
        Mesh mesh = new Mesh(yaml);
        serve(mesh, ports);
        return mesh;
    }

    private static void serve(Mesh mesh, List<InstancePort> ports) {
        serve(mesh, ports, true);
    }

    private static void serve(Mesh mesh, List<InstancePort> ports, boolean proven) {
        mesh.registry.announce(
                new Registration(
                        "reviews-1",
                        1,
                        "default",
                        "reviews",
                        "bookinfo",
                        Map.of("app", "reviews"),
                        Locality.NONE,
                        ports,
                        Health.HEALTHY,
                        proven),
                1);
    }

    /** A client that goes without an identity. */
    static ClientNode anonymous() {
        ClientNode node = Mesh.client("default");
        Value none = Value.newBuilder().setStringValue("none").build();
        return new ClientNode(
                node.id(),
                node.kind(),
                "",
                "",
                "default",
                "",
                Map.of(),
                Locality.NONE,
                null,
                Struct.newBuilder()
                        .putFields(
                                "WEFT",
                                Value.newBuilder()
                                        .setStructValue(Struct.newBuilder().putFields("identity", none))
                                        .build())
                        .build());
    }

    /** {@code PORT mtls} or {@code PORT plain} of the only endpoint. */
    private static String endpoint(View view) {
        LbEndpoint found = Mesh.endpoints(view, CLUSTER).get(0).getLbEndpoints(0);
        boolean mutual = found.getMetadata().containsFilterMetadata("envoy.transport_socket_match");
        return found.getEndpoint().getAddress().getSocketAddress().getPortValue() + (mutual ? " mtls" : " plain");
    }

    private static UpstreamTlsContext tls(Cluster cluster) throws Exception {
        return cluster.getTransportSocket().getTypedConfig().unpack(UpstreamTlsContext.class);
    }

    @Test
    void aSocketThatTakesItIsCalledByMutualTlsUnlessItsPolicySaysOtherwise() {
        List<InstancePort> both = List.of(port(1, Encryption.BOTH));
        assertThat(endpoint(mesh(both).view())).isEqualTo("1 mtls");
        assertThat(endpoint(mesh(both, peers("STRICT")).view())).isEqualTo("1 mtls");
        assertThat(endpoint(mesh(both, peers("DISABLE")).view())).isEqualTo("1 plain");
        assertThat(endpoint(mesh(List.of(port(1, Encryption.PLAINTEXT))).view()))
                .isEqualTo("1 plain");
    }

    @Test
    void ofTwoSocketsEachKindOfCallGetsItsOwn() {
        List<InstancePort> two = List.of(port(1, Encryption.PLAINTEXT), port(2, Encryption.MUTUAL_TLS));
        assertThat(endpoint(mesh(two).view())).isEqualTo("2 mtls");
        assertThat(endpoint(mesh(two, peers("DISABLE")).view())).isEqualTo("1 plain");
        assertThat(endpoint(mesh(two, rule("{mode: DISABLE}")).view())).isEqualTo("1 plain");
        assertThat(endpoint(mesh(two, rule("{mode: ISTIO_MUTUAL}")).view())).isEqualTo("2 mtls");
        assertThat(endpoint(mesh(two).view(Mesh.client(ClientNode.Kind.ENVOY, "default"))))
                .isEqualTo("1 plain");
    }

    @Test
    void whoHasNoIdentityCallsInPlaintextWhereThatIsTakenAndIsToldWhereNot() {
        List<InstancePort> two = List.of(port(1, Encryption.PLAINTEXT), port(2, Encryption.MUTUAL_TLS));
        assertThat(endpoint(mesh(two).view(anonymous()))).isEqualTo("1 plain");
        assertThat(endpoint(mesh(two, peers("STRICT")).view(anonymous()))).isEqualTo("2 mtls");
        assertThat(endpoint(mesh(List.of(port(2, Encryption.MUTUAL_TLS))).view(anonymous())))
                .isEqualTo("2 mtls");
    }

    @Test
    @SuppressWarnings("deprecation") // match_subject_alt_names is what istiod writes
    void serversAreBelievedByTheirAccountInAnyNameOfTheTrustDomain() throws Exception {
        Mesh mesh = Mesh.withMeshConfig("{trustDomain: td, trustDomainAliases: [old]}", rule("{mode: ISTIO_MUTUAL}"));
        serve(mesh, List.of(port(1, Encryption.BOTH)));
        UpstreamTlsContext context = tls(mesh.cluster(CLUSTER));
        assertThat(context.getSni()).isEqualTo("outbound_.9080_._.reviews.default.svc.cluster.local");
        assertThat(context.getCommonTlsContext()
                        .getCombinedValidationContext()
                        .getDefaultValidationContext()
                        .getMatchSubjectAltNamesList())
                .extracting(StringMatcher::getExact)
                .containsExactly("spiffe://old/ns/default/sa/bookinfo", "spiffe://td/ns/default/sa/bookinfo");
    }

    @Test
    @SuppressWarnings("deprecation") // match_subject_alt_names is what istiod writes
    void anAccountThatWasOnlyClaimedIsNoNameByWhichAServerIsBelieved() throws Exception {
        Mesh mesh = new Mesh(rule("{mode: ISTIO_MUTUAL}"));
        serve(mesh, List.of(port(1, Encryption.BOTH)), false);
        assertThat(tls(mesh.cluster(CLUSTER))
                        .getCommonTlsContext()
                        .getCombinedValidationContext()
                        .getDefaultValidationContext()
                        .getMatchSubjectAltNamesList())
                .isEmpty();
    }

    @Test
    void envoyIsNotLeftWaitingForSecretsThatNobodyServes() {
        Mesh mesh = mesh(List.of(port(1, Encryption.BOTH)), rule("{mode: ISTIO_MUTUAL}"));
        View envoy = mesh.view(Mesh.client(ClientNode.Kind.ENVOY, "default"));
        assertThat(envoy.resource(ResourceType.CLUSTER, CLUSTER)).isNull();
        assertThat(envoy.wildcard(ResourceType.CLUSTER)).doesNotContainKey(CLUSTER);
        assertThat(mesh.translator.problems())
                .singleElement()
                .asString()
                .contains("mesh.yaml:1", "ISTIO_MUTUAL", "does not serve");
        assertThat(mesh.view().resource(ResourceType.CLUSTER, CLUSTER)).isNotNull();
    }

    @Test
    void aSecretOfKubernetesIsRefusedByFileAndLine() {
        Mesh mesh = mesh(List.of(port(1, Encryption.BOTH)), rule("{mode: SIMPLE, credentialName: cert}"));
        assertThat(mesh.view().resource(ResourceType.CLUSTER, CLUSTER)).isNull();
        assertThat(mesh.translator.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.toString()).contains("mesh.yaml:1"));
    }

    @Test
    void aServerOutsideIsAskedForByNameAndCheckedByTheRootsThatAreWritten() throws Exception {
        Mesh mesh = new Mesh("""
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: pay}
                spec:
                  hosts: [pay.example.com]
                  resolution: DNS
                  ports: [{number: 80, name: http, protocol: HTTP, targetPort: 443}]
                  subjectAltNames: [pay.example.com]
                """, """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: pay}
                spec:
                  host: pay.example.com
                  trafficPolicy:
                    tls: {mode: MUTUAL, sni: edge.example.com, caCertificates: /ca.pem, clientCertificate: /c.pem, privateKey: /k.pem}
                """);
        UpstreamTlsContext context = tls(mesh.cluster("outbound|80||pay.example.com"));
        var common = context.getCommonTlsContext();
        assertThat(context.getSni()).isEqualTo("edge.example.com");
        assertThat(common.getValidationContext().getTrustedCa().getFilename()).isEqualTo("/ca.pem");
        assertThat(common.getTlsCertificates(0).getPrivateKey().getFilename()).isEqualTo("/k.pem");
        assertThat(common.getValidationContext().toString()).contains("pay.example.com");
    }
}
