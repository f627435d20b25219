package dev.weft.xds.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import dev.weft.config.ConfigProblem;
import dev.weft.config.Endpoint;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.EnvoyInternalAddress;
import dev.weft.proto.envoy.config.core.v3.HealthStatus;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import dev.weft.proto.envoy.config.core.v3.Pipe;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.endpoint.v3.LbEndpoint;
import dev.weft.proto.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Endpoints: addresses, health, weights and what is said beside them. */
final class EndpointReaderTest {

    @Test
    void healthIsTakenAsEdsWordsIt() {
        assertThat(read(tcp().setHealthStatus(HealthStatus.UNKNOWN)).health()).isEqualTo(Endpoint.Health.HEALTHY);
        assertThat(read(tcp().setHealthStatus(HealthStatus.TIMEOUT)).health()).isEqualTo(Endpoint.Health.UNHEALTHY);
        assertThat(read(tcp().setHealthStatus(HealthStatus.DRAINING)).health()).isEqualTo(Endpoint.Health.DRAINING);
    }

    @Test
    void aUnixSocketIsAnAddress() {
        var pipe = Address.newBuilder().setPipe(Pipe.newBuilder().setPath("/run/app.sock"));

        assertThat(read(endpoint(pipe)).address()).isEqualTo("unix:/run/app.sock");
    }

    @Test
    void anAddressInsideAnEnvoyIsRefused() {
        var internal = Address.newBuilder().setEnvoyInternalAddress(EnvoyInternalAddress.getDefaultInstance());

        assertThat(problem(endpoint(internal)).field()).isEqualTo("endpoints[0].lb_endpoints[0].endpoint.address");
    }

    @Test
    void aWeightOfZeroIsRefused() {
        assertThat(problem(tcp().setLoadBalancingWeight(UInt32Value.of(0))))
                .hasToString("ClusterLoadAssignment c: endpoints[0].lb_endpoints[0].load_balancing_weight = 0: 1 to"
                        + " 2147483647");
    }

    @Test
    void metadataIsFlattened() {
        Metadata metadata = Metadata.newBuilder()
                .putFilterMetadata("envoy.transport_socket_match", struct("tlsMode", "istio"))
                .putFilterMetadata("envoy.lb", struct("hash_key", "k"))
                .putFilterMetadata("istio", struct("workload", "reviews-v1;default;reviews;v1;Kubernetes"))
                .putFilterMetadata(
                        "dev.weft",
                        struct("instance", "i-1").toBuilder()
                                .putFields(
                                        "labels",
                                        Value.newBuilder()
                                                .setStructValue(struct("version", "v1"))
                                                .build())
                                .build())
                .build();

        assertThat(read(tcp().setMetadata(metadata)).metadata())
                .isEqualTo(Map.of(
                        "tlsMode", "istio",
                        "hash_key", "k",
                        "workload", "reviews-v1;default;reviews;v1;Kubernetes",
                        "instance", "i-1",
                        "label:version", "v1"));
    }

    private static Struct struct(String key, String value) {
        return Struct.newBuilder()
                .putFields(key, Value.newBuilder().setStringValue(value).build())
                .build();
    }

    private static LbEndpoint.Builder tcp() {
        return endpoint(Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder().setAddress("10.0.0.1").setPortValue(80)));
    }

    private static LbEndpoint.Builder endpoint(Address.Builder address) {
        return LbEndpoint.newBuilder()
                .setEndpoint(dev.weft.proto.envoy.config.endpoint.v3.Endpoint.newBuilder()
                        .setAddress(address));
    }

    private static Endpoint read(LbEndpoint.Builder endpoint) {
        return result(endpoint).value().localities().get(0).endpoints().get(0);
    }

    private static ConfigProblem problem(LbEndpoint.Builder endpoint) {
        return result(endpoint).problems().get(0);
    }

    private static Read<dev.weft.config.ClusterLoadAssignment> result(LbEndpoint.Builder endpoint) {
        return EndpointReader.read(
                "c",
                ClusterLoadAssignment.newBuilder()
                        .setClusterName("c")
                        .addEndpoints(LocalityLbEndpoints.newBuilder().addLbEndpoints(endpoint))
                        .build()
                        .toByteArray());
    }
}
