package dev.weft.control.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.proto.envoy.config.core.v3.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeReaderTest {

    @Test
    void weftNodeIsReadWhole() {
        ClientNode node = NodeReader.read(Nodes.weft("reviews-1", "shop", "reviews", 1_900_000_000_123L, 40_001), null);
        assertThat(node.kind()).isEqualTo(ClientNode.Kind.WEFT);
        assertThat(node.version()).isEqualTo("weft 0.1");
        assertThat(node.namespace()).isEqualTo("shop");
        assertThat(node.displayName()).isEqualTo("reviews-1");
        assertThat(node.registration()).isNotNull();
        assertThat(node.registration().epoch()).isEqualTo(1_900_000_000_123L);
    }

    @Test
    void kindFollowsTheUserAgentOrTheGenerator() {
        assertThat(kind("gRPC Java", "")).isEqualTo(ClientNode.Kind.GRPC);
        assertThat(kind("grpc-node-js", "")).isEqualTo(ClientNode.Kind.GRPC);
        assertThat(kind("envoy", "")).isEqualTo(ClientNode.Kind.ENVOY);
        assertThat(kind("envoy", "grpc")).isEqualTo(ClientNode.Kind.GRPC);
    }

    @Test
    void namespaceComesFromMetadataThenFromTheIdThenIsDefault() {
        assertThat(namespace("sidecar~1.2.3.4~a.b.shop~shop.svc.cluster.local")).isEqualTo("shop");
        assertThat(namespace("probe")).isEqualTo("default");
        assertThat(namespace("a~b~c.~d")).isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nWARN forged", "a\u001b[31m", "a\u009b31m"})
    void namesThatCouldForgeALineOfALogAreRefused(String name) {
        assertThatThrownBy(() -> NodeReader.read(Nodes.weft(name, "shop", "reviews", 1L, 40_001), null))
                .hasMessageContaining("WEFT.instance");
        assertThatThrownBy(() -> NodeReader.read(Nodes.weft("reviews-1", "shop", name, 1L, 40_001), null))
                .hasMessageContaining("WEFT.service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reviews.shop", "Reviews", "api.example.com", "-a", "a:80", "*"})
    void servicesAndNamespacesAreDnsLabelsSoThatNoHostNameIsMadeThatIsAnothers(String name) {
        assertThatThrownBy(() -> NodeReader.read(Nodes.weft("reviews-1", "shop", name, 1L, 40_001), null))
                .hasMessageContaining("WEFT.service")
                .hasMessageContaining("a DNS label");
        assertThatThrownBy(() -> NodeReader.read(Nodes.weft("reviews-1", name, "reviews", 1L, 40_001), null))
                .hasMessageContaining("NAMESPACE")
                .hasMessageContaining("a DNS label");
    }

    /** A path would lead each caller to a socket on its own machine. */
    @ParameterizedTest
    @ValueSource(strings = {"unix:/var/run/docker.sock", "unix:///run/x", "metadata.google.internal", "1.2.3", ""})
    void portsAreAtIpAddresses(String address) {
        assertThatThrownBy(() -> NodeReader.read(Nodes.at(address, 1), null))
                .hasMessageContaining("WEFT.ports[0].address")
                .hasMessageContaining("an IP address");
    }

    @Test
    void addressesOfBothFamiliesAreTakenAndNotMoreThanAHundredPorts() {
        assertThat(NodeReader.read(Nodes.at("2001:db8::1", 100), null)
                        .registration()
                        .ports())
                .hasSize(100);
        assertThatThrownBy(() -> NodeReader.read(Nodes.at("10.0.0.1", 101), null))
                .hasMessageContaining("at most 100 ports");
    }

    @Test
    void aNodeIsNoPlaceToKeepMegabytes() {
        Node node = Nodes.saying(Nodes.weft("reviews-1", "shop", "reviews", 1L, 40_001), "NOTES", "x".repeat(140_000));
        assertThatThrownBy(() -> NodeReader.read(node, null)).hasMessageContaining("expected at most 131072");
    }

    private static ClientNode.Kind kind(String agent, String generator) {
        Struct metadata = generator.isEmpty()
                ? Struct.getDefaultInstance()
                : Struct.newBuilder()
                        .putFields(
                                "GENERATOR",
                                Value.newBuilder().setStringValue(generator).build())
                        .build();
        return NodeReader.read(
                        Node.newBuilder()
                                .setUserAgentName(agent)
                                .setMetadata(metadata)
                                .build(),
                        null)
                .kind();
    }

    private static String namespace(String id) {
        return NodeReader.read(Node.newBuilder().setId(id).build(), null).namespace();
    }
}
