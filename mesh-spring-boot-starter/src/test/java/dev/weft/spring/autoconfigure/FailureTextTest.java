package dev.weft.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What a person reads when the mesh cannot start. */
class FailureTextTest {

    @Test
    void everySettingIsNamedAsPropertiesSpellIt() {
        Contexts.named(
                        "spring.application.name=shop",
                        "mesh.when-offline=later",
                        "mesh.ports.http=many",
                        "mesh.control-plan=x")
                .run(context -> {
                    FailureAnalysis text = new MeshFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(text.getDescription())
                            .contains("3 problems")
                            .contains(" mesh.when-offline: `later`")
                            .contains(" mesh.ports.http: `many`")
                            .contains(" mesh.control-plan: unknown");
                    assertThat(text.getAction()).contains(" mesh.when-offline: serve, refuse or a duration");
                });
    }
}
