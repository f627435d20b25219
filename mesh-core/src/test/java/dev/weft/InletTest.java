package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.TlsMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InletTest {
    private final Meshes meshes = new Meshes();

    @Test
    void whileThereIsNoPolicyTheLogSaysWhatIsMissingAndNotToCallOtherwise() {
        RunningMesh mesh = meshes.start();
        Inlet inlet = new Inlet(mesh, "callers must use mutual TLS");

        assertThat(inlet.refuses(9080, false)).isTrue();
        assertThat(inlet.remedy(9080, false)).isEqualTo("; missing: " + mesh.missing());
    }

    @Test
    void underStrictTheLogSaysHowToCall() {
        RunningMesh mesh = meshes.start();
        MeshSnapshot open = Meshes.from(MeshSnapshot.Source.STREAM, meshes.world.epochMillis());
        meshes.controlPlane.deliver(new MeshSnapshot(
                open.version(),
                open.ports(),
                open.clusters(),
                open.endpoints(),
                open.source(),
                open.acceptedMillis(),
                new InboundPolicy(Map.of(), new PortPolicy(TlsMode.STRICT))));
        Inlet inlet = new Inlet(mesh, "callers must use mutual TLS");

        assertThat(inlet.refuses(9080, false)).isTrue();
        assertThat(inlet.remedy(9080, false)).isEqualTo("; callers must use mutual TLS");
    }
}
