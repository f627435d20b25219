package dev.weft.control.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TestClient;
import dev.weft.engine.CallDefaults;
import dev.weft.engine.ExchangeOptions;
import dev.weft.http.body.OutgoingBody;
import dev.weft.http.call.Answer;
import dev.weft.http.call.BlockingCall;
import dev.weft.http.call.HeadBuilder;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.Terms;
import dev.weft.request.Deadline;
import dev.weft.request.Hints;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client declares for itself beside YAML in a directory, a real control plane and a server that fails or hangs. */
final class DeclaredCallsTest {
    private static final String RULES = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - match: [{uri: {prefix: /ruled}}]
                timeout: 20s
                retries: {attempts: 0}
                route: [{destination: {host: reviews}}]
              - route: [{destination: {host: reviews}}]
            """;
    private static final String RULED = "VirtualService default/reviews http[0] (reviews.yaml:7)";
    private static final RetryPolicy ON_ERRORS = new RetryPolicy(
            Set.of(RetryOn.SERVER_ERROR), Set.of(), 2, null, Duration.ofMillis(1), Duration.ofMillis(10), true, 5, 0);

    @TempDir
    Path directory;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger served = new AtomicInteger();
    private Path yaml;
    private Mesh caller;

    @BeforeEach
    void start() throws Exception {
        Path config = Files.createDirectory(directory.resolve("mesh"));
        yaml = config.resolve("reviews.yaml");
        Files.writeString(yaml, RULES);
        ControlPlane plane =
                ControlPlane.start(ControlPlaneOptions.of(config).withPort(0).withData(directory.resolve("control")));
        parts.push(plane);
        Mesh reviews = mesh(plane, "reviews");
        reviews.listening("http", "HTTP", 9080, server().getAddress());
        caller = mesh(plane, "productpage");
        caller.awaitReady(Duration.ofSeconds(20));
        TestClient.until(() -> caller.knows("reviews:9080"));
        TestClient.until(() ->
                plane.registry().snapshot().instances("default", "reviews").size() == 1);
    }

    @AfterEach
    void stop() throws Exception {
        over.countDown();
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    @Test
    void theAuthorOfTheYamlIsAskedBeforeTheAuthorOfTheClient() throws Exception {
        Called ruled = call("GET", "/ruled/fail", declared(Duration.ofSeconds(10), false));
        assertThat(ruled.status()).isEqualTo(503);
        assertThat(ruled.served()).isEqualTo(1);
        assertThat(ruled.steps())
                .contains(
                        "timeout 20 s: " + RULED + "; overrides @MeshClient Reviews 10 s",
                        "no retries: " + RULED + "; overrides @MeshClient Reviews up to 2 retries on 5xx");

        Called silent = call("GET", "/fail", declared(Duration.ofSeconds(10), false));
        assertThat(silent.status()).isEqualTo(503);
        assertThat(silent.served()).isEqualTo(3);
        assertThat(silent.steps())
                .contains("timeout 10 s: @MeshClient Reviews", "up to 2 retries on 5xx: @MeshClient Reviews");
    }

    @Test
    void aDeclaredTimeoutEndsACallThatNobodyElseBounds() throws Exception {
        // What the name resolves to is here by then.
        assertThat(call("POST", "/fail", declared(null, false)).status()).isEqualTo(503);
        Called slow = call("GET", "/slow", declared(Duration.ofMillis(200), false));
        assertThat(slow.status()).isEqualTo(504);
        assertThat(slow.steps().toString()).contains("the timeout of @MeshClient Reviews passed (UT)");
    }

    @Test
    void aPostIsRepeatedIfItIsDeclaredIdempotent() throws Exception {
        assertThat(call("POST", "/fail", declared(null, false)).served()).isEqualTo(1);
        assertThat(call("POST", "/fail", declared(null, true)).served()).isEqualTo(3);
    }

    @Test
    void aFileThatBeginsToSpeakOverridesARunningClient() throws Exception {
        CallDefaults declared = declared(Duration.ofSeconds(10), false);
        assertThat(call("GET", "/fail", declared).served()).isEqualTo(3);
        Path fresh = Files.writeString(
                directory.resolve("fresh"),
                RULES.replace("  - route:", "  - retries: {attempts: 1, retryOn: 5xx}\n    route:"));
        Files.move(fresh, yaml, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        ExchangeOptions options = new ExchangeOptions(Hints.NONE, Deadline.NONE, true, declared);
        TestClient.until(() -> caller.outbound()
                .explain(head("GET", "/fail"), options)
                .steps()
                .contains("up to 1 retry on 5xx: VirtualService default/reviews http[1] (reviews.yaml:11); "
                        + "overrides @MeshClient Reviews up to 2 retries on 5xx"));
        assertThat(call("GET", "/fail", declared).served()).isEqualTo(2);
    }

    private static CallDefaults declared(@Nullable Duration timeout, boolean idempotent) {
        return new CallDefaults(timeout, ON_ERRORS, idempotent, "@MeshClient Reviews");
    }

    /** @param served how many requests the server saw */
    private record Called(int status, int served, List<String> steps) {}

    private Called call(String method, String path, CallDefaults declared) throws IOException, InterruptedException {
        int before = served.get();
        BlockingCall call = BlockingCall.begin(
                Outbound.of(caller),
                head(method, path),
                OutgoingBody.of(new byte[0]),
                Terms.of(Hints.NONE).defaults(declared));
        Answer answer = call.await();
        answer.body().close();
        return new Called(
                answer.head().status(),
                served.get() - before,
                call.call().exchange().explain().steps());
    }

    private static RequestHead head(String method, String path) {
        return HeadBuilder.of(method, URI.create("http://reviews:9080" + path)).build();
    }

    private HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.start();
        parts.push(threads::shutdownNow);
        parts.push(() -> server.stop(0));
        return server;
    }

    private void serve(HttpExchange exchange) throws IOException {
        served.incrementAndGet();
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                over.await(20, TimeUnit.SECONDS);
            }
            exchange.sendResponseHeaders(503, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Mesh mesh(ControlPlane plane, String service) {
        Mesh mesh = Mesh.builder()
                .ignoreEnvironment()
                .service(service)
                .controlPlane(plane.target())
                .dataDirectory(directory.resolve(service))
                .drainTimeout(Duration.ofSeconds(1))
                .start();
        parts.push(mesh);
        return mesh;
    }
}
