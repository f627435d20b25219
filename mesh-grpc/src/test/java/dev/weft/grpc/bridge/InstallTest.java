package dev.weft.grpc.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.MeshException;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Snapshots;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** One mesh at a time is grpc-xds' control plane. */
final class InstallTest {

    @Test
    void asLongAsTheFirstIsOpenThereIsNoSecond() {
        Mesh first = mesh("first");
        try (Mesh second = mesh("second")) {
            MeshXdsBridge bridge = MeshXdsBridge.install(first);
            assertThat(MeshXdsBridge.install(first)).isSameAs(bridge);
            assertThatThrownBy(() -> MeshXdsBridge.install(second))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("first's mesh is installed");

            first.close();
            assertThatThrownBy(() -> MeshXdsBridge.install(first)).isInstanceOf(MeshException.Closed.class);
            MeshXdsBridge.install(second).close();
            MeshXdsBridge.install(second);
        }
    }

    @Test
    void aMeshWithoutControlPlaneSaysSoInEachCall() {
        try (Mesh mesh = mesh("reviews")) {
            MeshXdsBridge.install(mesh);
            ManagedChannel channel = Grpc.newChannelBuilder("xds:///ratings:9090", InsecureChannelCredentials.create())
                    .build();
            assertThatThrownBy(() -> Greeter.greet(channel)).hasMessageContaining("no control plane has any");
            channel.shutdownNow();
        }
    }

    private static Mesh mesh(String service) {
        return Mesh.builder()
                .ignoreEnvironment()
                .service(service)
                .snapshots(SnapshotSource.of(Snapshots.reviews().at()))
                .meterRegistry(new SimpleMeterRegistry())
                .start();
    }
}
