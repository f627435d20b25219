package dev.weft.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.TestClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process: what it says, and how it ends. */
final class ServeCommandTest {
    private static final String GOOD = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews}}]}]}
            """;

    private static final String STRICT = """
            ---
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default}
            spec: {mtls: {mode: STRICT}}
            """;

    @TempDir
    Path directory;

    private Path mesh;
    private Path out;
    private Process process;

    @BeforeEach
    void start() throws IOException {
        mesh = Files.createDirectory(directory.resolve("mesh"));
        out = directory.resolve("out");
        Files.writeString(mesh.resolve("reviews.yaml"), GOOD);
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MeshControl.class.getName(),
                        "serve",
                        "--config",
                        mesh.toString(),
                        "--port",
                        "0",
                        "--data",
                        directory.resolve("data").toString()))
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void saysWhenItIsReadyWhatItRefusesAndThatItHasStopped() throws Exception {
        said("mesh-control is ready on 127\\.0\\.0\\.1:[1-9]\\d* and 127\\.0\\.0\\.1:[1-9]\\d* with TLS, ");
        said("configuration \\w+ in force: 1 resource\\R");
        Files.writeString(mesh.resolve("reviews.yaml"), GOOD.replace("hosts:", "hostz:"));
        said("refused reviews\\.yaml:4: VirtualService reviews: spec\\.hostz: ");
        Files.writeString(mesh.resolve("ratings.yaml"), GOOD.replace("reviews", "ratings") + STRICT);
        said("configuration \\w+ in force: 3 resources\\R");
        Files.writeString(mesh.resolve("reviews.yaml"), GOOD);
        said("nothing is refused any more");
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        said("mesh-control has stopped");
        assertThat(read(directory.resolve("err"))).as("what stdout has said").doesNotContain("spec.hostz");
    }

    @Test
    void aDataDirectoryThatIsNoneIsSaidInOneLine() throws IOException {
        StringWriter err = new StringWriter();
        Path file = Files.createFile(directory.resolve("file"));
        int code = MeshControl.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute("serve", "--config", mesh.toString(), "--port", "0", "--data", file.toString());
        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("data directory " + file);
    }

    @Test
    void helpSaysAllThatTheDataDirectoryKeeps() {
        StringWriter help = new StringWriter();
        MeshControl.commandLine().setOut(new PrintWriter(help)).execute("serve", "--help");
        assertThat(help.toString().replaceAll("\\s+", " "))
                .contains("who is registered, the last good version of each file");
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        StringWriter err = new StringWriter();
        int code = MeshControl.commandLine()
                .setErr(new PrintWriter(err))
                .execute("serve", "--config", directory.resolve("nowhere").toString());
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere is not a directory");
    }

    private void said(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        try {
            TestClient.until(() -> compiled.matcher(read(out)).find());
        } catch (AssertionError e) {
            throw new AssertionError(pattern + " was not said:\n" + read(out) + read(directory.resolve("err")), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
