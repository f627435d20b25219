package dev.weft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshResponse;
import org.junit.jupiter.api.Test;

@MeshTest("mesh")
class StandInsTest {

    @Test
    void aFlakyServiceIsRetriedByThePolicy(PolicyMesh mesh) {
        Upstream.Scripted ratings = mesh.upstream("ratings").answers(503, 503, 200);

        try (MeshResponse response = MeshHttpClient.of(mesh.mesh()).get("http://ratings/1")) {
            assertThat(response.status()).isEqualTo(200);
        }
        assertThat(ratings.requests()).containsExactly("GET /1", "GET /1", "GET /1");
    }

    @Test
    void subsetsGoToTheInstancesWithTheirLabels(PolicyMesh mesh) {
        Upstream.Scripted v1 = mesh.upstream("reviews").version("v1").answers(201);
        Upstream.Scripted v3 = mesh.upstream("reviews").version("v3").answers(203);
        MeshHttpClient http = MeshHttpClient.of(mesh.mesh());
        for (int i = 0; i < 40; i++) {
            http.get("http://reviews/1").close();
        }
        assertThat(v1.requests()).isNotEmpty();
        assertThat(v3.requests()).hasSize(40 - v1.requests().size()).isNotEmpty();
    }

    @Test
    void aServiceThatNobodyStandsInForHasNoHealthyHost(Mesh mesh) {
        try (MeshResponse response = MeshHttpClient.of(mesh).get("http://ratings/1")) {
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.localReply())
                    .hasValueSatisfying(reply -> assertThat(reply.flagText()).isEqualTo("UH"));
        }
    }

    @Test
    void whatNoRuleSpeaksOfCanBeStoodInForToo(PolicyMesh mesh) {
        mesh.upstream("billing").port(8443).answers(202);
        try (MeshResponse response = MeshHttpClient.of(mesh.mesh()).get("http://billing:8443/")) {
            assertThat(response.status()).isEqualTo(202);
        }
    }
}
