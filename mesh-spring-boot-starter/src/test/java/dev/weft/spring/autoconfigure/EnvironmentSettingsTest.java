package dev.weft.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Mesh;
import dev.weft.MeshException;
import dev.weft.Trust;
import dev.weft.config.SnapshotSource;
import dev.weft.settings.SettingProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Which value holds, and from where, when a mesh is told by an {@code Environment}. */
class EnvironmentSettingsTest {

    @TempDir
    Path directory;

    private final ConfigurableEnvironment environment = new StandardEnvironment();

    /** An environment as Boot makes it, with this file, and nothing of the machine that runs the test. */
    private void yaml(String... lines) throws IOException {
        Files.writeString(directory.resolve("application.yaml"), String.join("\n", lines));
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("where", Map.of("spring.config.location", directory.toUri() + "/")));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
    }

    private void variables(Map<String, Object> variables) {
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("variables", variables));
    }

    private void arguments(String... arguments) {
        CommandLinePropertySource<?> source = new SimpleCommandLinePropertySource(arguments);
        environment.getPropertySources().addFirst(source);
    }

    private List<String> origins() {
        try (Mesh mesh = Mesh.builder()
                .settings(EnvironmentSettings.of(environment))
                .snapshots(SnapshotSource.of(Contexts.EMPTY))
                .start()) {
            return mesh.origins();
        }
    }

    private List<SettingProblem> problems() {
        List<List<SettingProblem>> problems = new ArrayList<>();
        assertThatExceptionOfType(MeshException.Configuration.class)
                .isThrownBy(this::origins)
                .satisfies(e -> problems.add(e.problems()));
        return problems.get(0);
    }

    @Test
    void eachValueSaysInWhichLineItWasWritten() throws IOException {
        yaml(
                "spring.application.name: shop",
                "mesh:",
                "  version: v${major}",
                "  controlPlane: [mesh-1.internal:15010, mesh-2.internal:15010]",
                "  trust.mode: none",
                "  labels: {team: books, '[app.kubernetes.io/name]': shop}",
                "  ports.grpc-api: 9090",
                "  drain.timeout: 1m30s",
                "major: 2");

        assertThat(origins())
                .contains(
                        "service = shop, from spring.application.name, application.yaml:1",
                        "version = v2, from application.yaml:3",
                        "controlPlane = mesh-1.internal:15010,mesh-2.internal:15010, from application.yaml:4",
                        "trust.mode = none, from application.yaml:5",
                        "labels.team = books, from application.yaml:6",
                        "labels.app.kubernetes.io/name = shop, from application.yaml:6",
                        "ports.grpc-api = 9090, from application.yaml:7",
                        "drain.timeout = 1m30s, from application.yaml:8");
    }

    @Test
    void variablesBeatFilesAndArgumentsBeatVariables() throws IOException {
        yaml("mesh: {service: shop, version: v1, namespace: a, labels: {team: a, tier: web}}");
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("MESH_VERSION", "v2");
        variables.put("MESH_NAMESPACE", "b");
        variables.put("MESH_LABELS", "team=b");
        variables.put("MESH_ENABLED", "true");
        variables.put("MESH_OUTBOUND_RESTCLIENT", "true");
        variables.put("MESH_WEB_SERVICE_HOST", "10.0.0.1");
        variables(variables);
        arguments("--mesh.version=v3");

        assertThat(origins())
                .contains(
                        "service = shop, from application.yaml:1",
                        "version = v3, from --mesh.version",
                        "namespace = b, from MESH_NAMESPACE",
                        "labels.team = b, from MESH_LABELS",
                        "labels.tier = web, from application.yaml:1");
    }

    @Test
    void onlyTheStrongestPlaceThatNamesACredentialDoes() throws IOException {
        yaml("mesh: {service: shop, trust: {jwt-file: /nowhere/jwt}}");
        variables(Map.of("MESH_JOIN_TOKEN_FILE", "/nowhere/token"));
        assertThat(problems())
                .singleElement()
                .extracting(SettingProblem::found)
                .asString()
                .contains("/nowhere/token", "from MESH_JOIN_TOKEN_FILE");
    }

    @Test
    void namesThatNobodyReadsAreErrorsWithTheNearestOne() throws IOException {
        yaml(
                "mesh:",
                "  service: shop",
                "  contrl-plane: [a:1]",
                "  outbound: {rest-clients: false}",
                "  clients: {reviews: {timeot: 3s, timeout: 3s, retry.attempts: 1}}");
        variables(Map.of("MESH_SERVCE", "x"));

        assertThat(problems())
                .extracting(problem -> problem.setting() + ": " + problem.found() + "; " + problem.remedy())
                .containsExactlyInAnyOrder(
                        "MESH_SERVCE: unknown variable; did you mean MESH_SERVICE?",
                        "mesh.contrl-plane[0]: unknown setting, from application.yaml:3; did you mean"
                                + " mesh.control-plane?",
                        "mesh.outbound.rest-clients: unknown setting, from application.yaml:4; did you mean"
                                + " mesh.outbound.rest-client?",
                        "mesh.clients.reviews.timeot: unknown setting, from application.yaml:5; did you mean"
                                + " mesh.clients.*.timeout?");
    }

    @Test
    void whatCannotBeResolvedAndWhatIsWrongIsSaidWithItsPlace() throws IOException {
        yaml("mesh:", "  service: shop", "  version: ${nobody.says}", "  drain: {timeout: soon}");
        assertThat(problems())
                .extracting(problem -> problem.setting() + ": " + problem.found())
                .containsExactlyInAnyOrder(
                        "version: `${nobody.says}`, from application.yaml:3",
                        "drain.timeout: `soon`, from application.yaml:4");
    }

    @Test
    void anApplicationThatCannotStartIsToldWhatToDo() throws IOException {
        yaml("mesh: {contrl-plane: 'a:1', control-plane: 'mesh.internal:15012'}");
        Throwable failure = catchThrowable(() ->
                Mesh.builder().settings(EnvironmentSettings.of(environment)).start());
        var analysis = new MeshFailureAnalyzer().analyze(failure);
        assertThat(analysis.getDescription()).isEqualTo("""
                        The mesh cannot start, 3 problems:
                            mesh.contrl-plane: unknown setting, from application.yaml:1
                            mesh.service: not set
                            mesh.trust: no credential for mesh.internal:15012 (not loopback)""");
        assertThat(analysis.getAction())
                .contains("mesh.contrl-plane: did you mean mesh.control-plane?")
                .contains("mesh.service: set spring.application.name or mesh.service")
                .contains("mesh.trust: `meshctl token create", "mesh.trust.join-token-file");
    }

    @Test
    void anApplicationThatWaitsInVainIsToldWhatIsMissing() {
        try (Mesh mesh = Mesh.builder()
                .service("shop")
                .trust(Trust.none())
                .ignoreEnvironment()
                .start()) {
            Throwable failure = catchThrowable(() -> mesh.awaitReady(Duration.ZERO));
            assertThat(new NotReadyFailureAnalyzer().analyze(failure).getDescription())
                    .contains("not ready after", "configuration: localhost:15010");
        }
    }

    @Test
    void bootFindsTheAnalyzers() {
        assertThat(SpringFactoriesLoader.loadFactoryNames(
                        FailureAnalyzer.class, SpringApplication.class.getClassLoader()))
                .contains(MeshFailureAnalyzer.class.getName(), NotReadyFailureAnalyzer.class.getName());
    }
}
