package dev.weft.http.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.MeshException;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Snapshots;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Whose business a call is, for clients that outlive their mesh. */
final class LateOutboundTest {
    private final Mesh mesh = Mesh.builder()
            .service("productpage")
            .ignoreEnvironment()
            .snapshots(SnapshotSource.of(Snapshots.reviews().at(new InetSocketAddress("127.0.0.1", 1))))
            .start();
    private final LateOutbound late = new LateOutbound(() -> mesh);

    @Test
    void aClosedMeshLeavesForeignHostsAloneAndRefusesItsOwn() {
        mesh.close();

        assertThat(late.taking(URI.create("http://127.0.0.1:8080/"))).isNull();
        assertThatThrownBy(() -> late.taking(URI.create("http://reviews:9080/")))
                .isInstanceOf(MeshException.Closed.class);
    }

    @Test
    void anOpenMeshTakesItsOwnOnly() {
        try (mesh) {
            assertThat(late.taking(URI.create("http://127.0.0.1:8080/"))).isNull();
            assertThat(late.taking(URI.create("http://reviews:9080/"))).isNotNull();
        }
    }
}
