package dev.weft.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ValidateCommandTest {
    private static final String GOOD = """
            # Reviews go to v1.
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - route:
                - destination: {host: reviews}
            """;
    private static final String UNSUPPORTED = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: reviews}
            spec:
              host: reviews
              trafficPolicy:
                tls: {mode: SIMPLE, credentialName: reviews-ca}
            """;
    private static final String INVALID = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: ratings}
            spec:
              hosts: [ratings]
              http:
              - timeOut: 5s
                route:
                - destination: {host: ratings}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int meshctl(Object... arguments) {
        return run(Meshctl.commandLine(), arguments);
    }

    private int run(CommandLine line, Object... arguments) {
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void aLinePerDocumentHasTheFieldsThatScriptsReadAndNoOthers() throws IOException {
        Path file = file("all.yaml", GOOD + "---\n" + INVALID);
        assertThat(meshctl("validate", "-o", "jsonl", file)).isEqualTo(1);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .isEqualTo("{\"file\":\"" + file + "\",\"doc\":1,\"kind\":\"VirtualService\",\"name\":\"reviews\","
                        + "\"valid\":true,\"verdict\":\"honoured\",\"problems\":[]}");
        JsonObject invalid = JsonParser.parseString(lines.get(1)).getAsJsonObject();
        assertThat(invalid.get("valid").getAsBoolean()).isFalse();
        assertThat(invalid.get("verdict").getAsString()).isEqualTo("invalid");
        JsonObject problem = invalid.getAsJsonArray("problems").get(0).getAsJsonObject();
        assertThat(problem.keySet()).containsExactly("severity", "line", "field", "message");
        assertThat(problem.get("severity").getAsString()).isEqualTo("error");
        assertThat(problem.get("line").getAsInt()).isEqualTo(18);
        assertThat(problem.get("field").getAsString()).isEqualTo("spec.http[0].timeOut");
        assertThat(problem.get("message").getAsString()).contains("did you mean timeout?");
    }

    @Test
    void whatAMeshInTheProcessDoesNotDoIsValidAndSaidToBeUnsupported() throws IOException {
        assertThat(meshctl("validate", "-o", "jsonl", file("tls.yaml", UNSUPPORTED)))
                .isZero();
        assertThat(out.toString())
                .contains("\"valid\":true,\"verdict\":\"unsupported\"")
                .contains("\"severity\":\"warning\",\"line\":7,\"field\":\"spec.trafficPolicy.tls.credentialName\"");
    }

    @Test
    void kindsOfOthersAreNoErrorOfTheMesh() throws IOException {
        Path file = file("service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: reviews}\n");
        assertThat(meshctl("validate", "-o", "jsonl", file)).isZero();
        assertThat(out.toString()).contains("\"kind\":\"Service\"", "\"unsupported\"", "is no API of Istio");
    }

    @Test
    void aDirectoryIsReadWithAllBelowIt() throws IOException {
        file("a.yaml", GOOD);
        file("deep/b.yml", UNSUPPORTED);
        file("deep/notes.txt", "[");
        assertThat(meshctl("validate", folder)).isZero();
        assertThat(out.toString())
                .contains("FILE", "VERDICT", "honoured", "unsupported")
                .doesNotContain("notes");
        assertThat(err.toString()).contains("2 documents: 1 honoured, 1 unsupported, 0 invalid");
    }

    @Test
    void standardInputIsADash() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(INVALID.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(meshctl("validate", "-o", "json", "-")).isEqualTo(1);
        } finally {
            System.setIn(before);
        }
        assertThat(JsonParser.parseString(out.toString()).getAsJsonArray()).hasSize(1);
    }

    @Test
    void aMissingFileAndAnUnknownOptionAreWrongUsage() throws IOException {
        assertThat(meshctl("validate", file("a.yaml", GOOD), folder.resolve("none.yaml")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml is not there");
        assertThat(meshctl("validate")).isEqualTo(2);
        assertThat(meshctl("validate", "--strict", folder)).isEqualTo(2);
    }

    @Test
    void brokenYamlIsOneInvalidDocumentWithItsLine() throws IOException {
        assertThat(meshctl("validate", "-o", "jsonl", file("broken.yaml", GOOD + "---\nkind: [\n")))
                .isEqualTo(1);
        assertThat(out.toString().lines().toList().get(1)).contains("\"doc\":2", "\"line\":13", "cannot be read");
    }

    @Test
    void checkReadsWhatServeWouldRead() throws IOException {
        file("a.yaml", GOOD);
        file("b.yaml", GOOD);
        file("deep/c.yaml", INVALID);
        Path mesh =
                file("mesh/mesh.yaml", "outboundTrafficPolicy: {mode: REGISTRY_ONLY}\naccessLogFile: /dev/stdout\n");
        CommandLine check = new CommandLine(new CheckCommand());
        assertThat(run(check, "--config", folder, "--mesh-config", mesh)).isEqualTo(1);
        assertThat(out.toString())
                .contains("MeshConfig", "accessLogFile", "b.yaml:3", "a.yaml:3")
                .doesNotContain("c.yaml");
        Files.delete(folder.resolve("b.yaml"));
        assertThat(run(check, "--config", folder)).isZero();
        assertThat(run(check, "--config", folder.resolve("none"))).isEqualTo(2);
    }
}
