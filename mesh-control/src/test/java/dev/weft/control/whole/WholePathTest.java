package dev.weft.control.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TestClient;
import dev.weft.control.registry.Health;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Istio YAML in a directory, the real control plane, Weft's library in caller and servers: what a file does to calls. */
final class WholePathTest {
    private static final String SUBSETS = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: reviews}
            spec:
              host: reviews
              subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
            """;

    @TempDir
    Path directory;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Path yaml;
    private ControlPlane plane;
    private MeshHttpClient http;
    private Mesh v1;
    private Mesh v2;

    @BeforeEach
    void start() throws Exception {
        Path config = Files.createDirectory(directory.resolve("mesh"));
        yaml = config.resolve("reviews.yaml");
        Files.writeString(config.resolve("subsets.yaml"), SUBSETS);
        everythingTo("v1");
        plane = ControlPlane.start(ControlPlaneOptions.of(config).withPort(0).withData(directory.resolve("control")));
        parts.push(plane);
        v1 = reviews("v1");
        v2 = reviews("v2");
        Mesh caller = mesh("productpage", "v1");
        http = MeshHttpClient.of(caller);
        TestClient.until(() ->
                plane.registry().snapshot().instances("default", "reviews").size() == 2);
        caller.awaitReady(Duration.ofSeconds(20));
        TestClient.until(() -> caller.knows("reviews:9080"));
    }

    @AfterEach
    void stop() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    @Test
    void changedFileMovesCalls() throws Exception {
        TestClient.until(() -> call().equals("v1"));
        for (String version : new String[] {"v2", "v1", "v2", "v1", "v2"}) {
            long start = System.nanoTime();
            everythingTo(version);
            TestClient.until(() -> call().equals(version));
            System.out.printf("a file moved calls after %d ms%n", (System.nanoTime() - start) / 1_000_000);
        }
    }

    @Test
    void instanceThatDrainsIsCalledNoMoreAndNoCallFails() throws Exception {
        Files.delete(yaml);
        TestClient.until(() -> calls(20).keySet().equals(java.util.Set.of("v1", "v2")));
        Thread draining = new Thread(() -> v1.drain(Duration.ofSeconds(10)));
        draining.start();
        while (draining.isAlive()) {
            assertThat(calls(10).keySet()).isSubsetOf("v1", "v2");
        }
        assertThat(calls(50)).containsOnlyKeys("v2");
        assertThat(plane.registry().snapshot().instances("default", "reviews")).hasSize(1);
    }

    @Test
    void aServiceWhoseLastInstanceHasLeftIsStillTheMeshs() throws Exception {
        Files.delete(yaml);
        TestClient.until(() -> calls(20).keySet().equals(java.util.Set.of("v1", "v2")));
        v1.drain(Duration.ofSeconds(10));
        v2.drain(Duration.ofSeconds(10));

        assertThat(call()).startsWith("503").contains("no healthy host (UH)");
        reviews("v3");
        TestClient.until(() -> call().equals("v3"));
    }

    @Test
    void unhealthyInstanceIsPassedOverUntilItIsWell() throws Exception {
        Files.delete(yaml);
        TestClient.until(() -> calls(20).keySet().equals(java.util.Set.of("v1", "v2")));
        v2.health().down("database away");
        TestClient.until(() -> calls(20).keySet().equals(java.util.Set.of("v1")));
        assertThat(plane.registry().snapshot().instances("default", "reviews"))
                .anySatisfy(instance -> assertThat(instance.health()).isEqualTo(Health.unhealthy("database away")));
        v2.health().up();
        TestClient.until(() -> calls(20).keySet().equals(java.util.Set.of("v1", "v2")));
    }

    private void everythingTo(String version) throws IOException {
        Path fresh = Files.writeString(directory.resolve("fresh"), """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: reviews}
                spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: %s}}]}]}
                """.formatted(version));
        Files.move(fresh, yaml, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, Integer> calls(int times) {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            answers.merge(call(), 1, Integer::sum);
        }
        return answers;
    }

    private String call() {
        try (MeshResponse response = http.get("http://reviews:9080/")) {
            return response.status() == 200 ? response.text() : response.status() + " " + response.explain();
        }
    }

    private Mesh reviews(String version) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = version.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        parts.push(() -> server.stop(0));
        Mesh mesh = mesh("reviews", version);
        mesh.listening("http", "HTTP", 9080, server.getAddress());
        return mesh;
    }

    private Mesh mesh(String service, String version) {
        Mesh mesh = Mesh.builder()
                .ignoreEnvironment()
                .service(service)
                .version(version)
                .controlPlane(plane.target())
                .dataDirectory(directory.resolve(service + version))
                .drainTimeout(Duration.ofSeconds(1))
                .start();
        parts.push(mesh);
        return mesh;
    }
}
