package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GlobalMeshTest {

    @Test
    void atMostOneOpenMeshIsGlobal() {
        RunningMesh first = new Meshes().start();
        RunningMesh second = new Meshes().start();
        assertThat(Mesh.global()).isEmpty();
        first.makeGlobal();
        first.makeGlobal();
        assertThat(Mesh.global()).containsSame(first);
        assertThatThrownBy(second::makeGlobal)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the mesh of productpage is the global one already");

        second.close();
        assertThat(Mesh.global()).containsSame(first);
        assertThatThrownBy(second::makeGlobal).isInstanceOf(MeshException.Closed.class);
        first.close();
        assertThat(Mesh.global()).isEmpty();
    }
}
