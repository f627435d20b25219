package dev.weft.control.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TestClient;
import dev.weft.control.TlsOptions;
import dev.weft.http.MeshHttp;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Security YAML in a directory, the real control plane with its authority, Weft's library in callers and server, nobody handles a
 * certificate: what a file does to calls. The server is the JDK's, with one socket for each kind of connection.
 */
final class LocksTest {
    private static final String HEAD = "apiVersion: security.istio.io/v1\nkind: ";
    private static final String STRICT =
            HEAD + "PeerAuthentication\nmetadata: {name: default}\nspec: {mtls: {mode: STRICT}}\n";
    private static final String READERS = HEAD + """
            AuthorizationPolicy
            metadata: {name: readers}
            spec:
              selector: {matchLabels: {app: reviews}}
              rules:
              - from: [{source: {principals: ["cluster.local/ns/default/sa/productpage"]}}]
            """;

    @TempDir
    Path directory;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private Path config;
    private ControlPlane plane;
    private MeshHttpClient productpage;
    private MeshHttpClient ratings;
    private MeshHttpClient anonymous;

    @BeforeEach
    void start() throws Exception {
        config = Files.createDirectory(directory.resolve("mesh"));
        plane = ControlPlane.start(ControlPlaneOptions.of(config)
                .withPort(0)
                .withData(directory.resolve("control"))
                .withTls(TlsOptions.DEFAULT.withPort(0).withLocalToken(directory.resolve("token"))));
        parts.push(plane);
        Mesh reviews = mesh("reviews", Trust.localToken(directory.resolve("token")), 9080);
        server(reviews, HttpServer.create(loopback(), 0));
        server(reviews, HttpsServer.create(loopback(), 0));
        productpage = caller("productpage", Trust.localToken(directory.resolve("token")));
        ratings = caller("ratings", Trust.localToken(directory.resolve("token")));
        anonymous = caller("outsider", Trust.none());
        TestClient.until(() -> call(productpage).startsWith("200"));
        TestClient.until(() -> call(ratings).startsWith("200"));
        TestClient.until(() -> call(anonymous).startsWith("200"));
    }

    @AfterEach
    void stop() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    @Test
    void callsAreMutualTlsWithoutAnybodyAskingForItAndPlaintextStaysPossible() {
        assertThat(call(productpage)).isEqualTo("200 spiffe://cluster.local/ns/default/sa/productpage");
        assertThat(call(anonymous)).isEqualTo("200 anonymous");
    }

    @Test
    void strictClosesTheServerToPlaintextAndTheCallerIsToldByItsOwnLibrary() throws Exception {
        write("strict.yaml", STRICT);
        // Until the caller hears of the rule itself, the server's refusal is a lost connection to it.
        TestClient.until(() -> call(anonymous).contains("mutual TLS"));
        assertThat(call(anonymous)).startsWith("503");
        assertThat(call(productpage)).startsWith("200");
        Files.delete(config.resolve("strict.yaml"));
        TestClient.until(() -> call(anonymous).startsWith("200"));
    }

    @Test
    void aPolicyLetsOneCallerInAndNoOtherAsSoonAsItIsWritten() throws Exception {
        write("readers.yaml", READERS);
        long written = System.nanoTime();
        TestClient.until(() -> call(ratings).startsWith("403"));
        System.out.printf("a policy was in force after %d ms%n", (System.nanoTime() - written) / 1_000_000);
        assertThat(call(ratings)).isEqualTo("403 RBAC: access denied");
        assertThat(call(anonymous)).isEqualTo("403 RBAC: access denied");
        assertThat(call(productpage)).startsWith("200");
    }

    @Test
    void aPolicyThatCannotBeReadClosesAndMendingItOpens() throws Exception {
        write("readers.yaml", READERS.replace("principals", "principles"));
        TestClient.until(() -> call(productpage).startsWith("403"));
        write("readers.yaml", READERS);
        TestClient.until(() -> call(productpage).startsWith("200"));
        assertThat(call(ratings)).startsWith("403");
    }

    @Test
    void aRuleForCallersThatTakesTheirEncryptionAwayIsRefusedByAStrictServer() throws Exception {
        write("plain.yaml", """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: reviews}
                spec: {host: reviews, trafficPolicy: {tls: {mode: DISABLE}}}
                """);
        TestClient.until(() -> call(productpage).equals("200 anonymous"));
        write("strict.yaml", STRICT);
        TestClient.until(() -> call(productpage).startsWith("503"));
    }

    private void write(String name, String text) throws IOException {
        Path fresh = Files.writeString(directory.resolve("fresh"), text);
        Files.move(fresh, config.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String call(MeshHttpClient http) {
        try (MeshResponse response = http.get("http://reviews:9080/")) {
            String reason =
                    response.localReply().map(reply -> " " + reply.reason()).orElse("");
            return response.status() + (reason.isEmpty() ? " " + response.text() : reason);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void server(Mesh mesh, HttpServer plain) {
        HttpServer server = mesh.guard(plain);
        server.createContext("/", exchange -> {
            byte[] body = MeshHttp.peer(exchange).getName().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        parts.push(() -> server.stop(0));
    }

    private MeshHttpClient caller(String service, Trust trust) {
        Mesh mesh = mesh(service, trust, 0);
        mesh.awaitReady(Duration.ofSeconds(20));
        TestClient.until(() -> mesh.knows("reviews:9080"));
        return MeshHttpClient.of(mesh);
    }

    private Mesh mesh(String service, Trust trust, int port) {
        Mesh.Builder builder = Mesh.builder()
                .ignoreEnvironment()
                .service(service)
                .serviceAccount(service)
                .label("app", service)
                .controlPlane(plane.target())
                .trust(trust)
                .dataDirectory(directory.resolve(service))
                .drainTimeout(Duration.ofSeconds(1));
        Mesh mesh = (port == 0 ? builder : builder.port(port)).start();
        parts.push(mesh);
        return mesh;
    }
}
