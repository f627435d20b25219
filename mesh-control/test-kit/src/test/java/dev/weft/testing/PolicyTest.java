package dev.weft.testing;

import static dev.weft.testing.MeshAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@MeshTest("mesh")
class PolicyTest {

    @Test
    void rulesDecideBySubsetAndHeader(PolicyMesh mesh) {
        assertThat(mesh.get("http://reviews/1").header("end-user", "jason")).goesTo("reviews", "v2");
        assertThat(mesh.get("http://reviews/1")).splits("v1", 50, "v3", 50).timesOutWithin(Duration.ofSeconds(2));
    }

    @Test
    void timesRetriesAndFaultsAreTold(PolicyMesh mesh) {
        assertThat(mesh.get("http://ratings:9080/1"))
                .goesTo("ratings")
                .timesOutWithin(Duration.ofSeconds(2))
                .retriesAtMost(2);
        assertThat(mesh.get("http://ratings:9080/flaky")).aborts(500, 10.0);
    }

    @Test
    void whoMayCallIsDecidedByTheCalledService(PolicyMesh mesh) {
        assertThat(mesh.from("reviews").get("http://ratings:9080/1")).isAllowed();
        assertThat(mesh.from("default/details").get("http://ratings:9080/1")).isDenied(403);
        assertThat(mesh.from("reviews").delete("http://ratings:9080/1")).isDenied(403);
    }

    @Test
    void aFailureShowsTheRuleWithFileAndLine(PolicyMesh mesh) {
        assertThatThrownBy(() -> assertThat(mesh.get("http://reviews/1").header("end-user", "Jason"))
                        .goesTo("reviews", "v2"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("to be split {v2=100.0}")
                .hasMessageContaining("reviews.yaml:");
    }

    @Test
    void ofAHostThatTheMeshDoesNotKnowNothingIsAsserted(PolicyMesh mesh) {
        assertThatThrownBy(() -> assertThat(mesh.get("http://ratingz:9080/1")).retriesAtMost(2))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aPolicyIsNamedInFull() {
        try (PolicyMesh mesh = PolicyMesh.of("denial", "test")) {
            PolicyAssert denied =
                    assertThat(mesh.get("http://ledger/1")).isDenied(403).by("deny-all");
            assertThatThrownBy(() -> denied.by("deny")).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void aWrongPlaceSaysWhereItLooked() {
        assertThatThrownBy(() -> PolicyMesh.of("no-such-mesh", "test"))
                .hasMessageContaining("no-such-mesh")
                .hasMessageContaining("class path");
    }
}
