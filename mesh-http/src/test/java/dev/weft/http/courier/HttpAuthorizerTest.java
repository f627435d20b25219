package dev.weft.http.courier;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.Cluster;
import dev.weft.config.ExternalAuthorizationStage.Service;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StringMatch;
import dev.weft.http.guard.RawClient;
import dev.weft.http.guard.Site;
import dev.weft.http.guard.TomcatSite;
import dev.weft.identity.HeldIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CUSTOM with a real HTTP authorizer, through the mesh, in front of a real guarded server. */
final class HttpAuthorizerTest {
    private static final Service.Http SERVICE = new Service.Http(
            "/check",
            Map.of("x-asked-by", "reviews"),
            List.of(new StringMatch.Prefix("x-u", true)),
            List.of(),
            List.of(new StringMatch.Exact("x-why", true)),
            List.of(new StringMatch.Exact("set-cookie", true)),
            List.of());

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer authorizer;

    @BeforeEach
    void start() throws IOException {
        authorizer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        authorizer.setExecutor(threads);
        authorizer.createContext("/", this::answer);
        authorizer.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        authorizer.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var fields = exchange.getRequestHeaders();
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " host=" + fields.getFirst("host")
                + " authorization=" + fields.getFirst("authorization") + " kind=" + fields.getFirst("x-kind")
                + " other=" + fields.getFirst("x-other") + " by=" + fields.getFirst("x-asked-by") + " secret="
                + fields.getFirst("x-secret"));
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/silence")) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.getResponseHeaders().set("x-user", "alice");
        exchange.getResponseHeaders().set("x-why", "because");
        exchange.getResponseHeaders().set("x-internal", "hidden");
        exchange.getResponseHeaders().add("set-cookie", "a=1");
        exchange.getResponseHeaders().add("set-cookie", "b=2");
        exchange.getResponseHeaders().set("x-envoy-auth-headers-to-remove", "X-Secret, host");
        exchange.getResponseHeaders().set("location", "https://login");
        if (path.endsWith("/hurried")) {
            // As any server does that keeps to the time it is given: it is over before ours is.
            boolean hurried = Long.parseLong(fields.getFirst("x-mesh-timeout-ms")) < 10_000;
            exchange.sendResponseHeaders(hurried ? 504 : 403, -1);
            exchange.close();
            return;
        }
        int status = path.endsWith("/no") ? 302 : path.endsWith("/broken") ? 500 : 200;
        byte[] body = path.endsWith("/flood") ? new byte[2 << 20] : "log in first".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Workload workload(Duration timeout, boolean failOpen) throws IOException {
        return new Workload(CustomPolicies.snapshot(
                CustomPolicies.asking(SERVICE, timeout, failOpen, List.of(new StringMatch.Prefix("x-k", true))),
                authorizer.getAddress(),
                Cluster.Protocol.HTTP1));
    }

    @Test
    void whoIsNotSelectedIsNotAskedAbout() throws Exception {
        try (Workload workload = workload(Duration.ofSeconds(5), false)) {
            assertThat(workload.get("/public", "").status()).isEqualTo(200);
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void aYesLetsTheRequestInWithWhatTheAuthorizerSays() throws Exception {
        try (Workload workload = workload(Duration.ofSeconds(5), false)) {
            RawClient.Answer answer = workload.get(
                    "/x/../admin/yes?q=%20",
                    "authorization: Basic x\r\nx-kind: a\r\nx-kind: b\r\nx-other: c\r\nx-user: mallory\r\nx-secret: s\r\n"
                            + "x-envoy-auth-failure-mode-allowed: true\r\n");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("/admin/yes?q=%20 user=[alice] secret=null failed=null");
            assertThat(answer.head().toLowerCase(Locale.ROOT))
                    .contains("set-cookie: a=1", "set-cookie: b=2")
                    .doesNotContain("x-internal", "x-user");
            assertThat(asked)
                    .containsExactly("GET /check/admin/yes?q=%20 host=reviews authorization=Basic x kind=a,b other=null"
                            + " by=reviews secret=null");
        }
    }

    /** Tomcat merges slashes and drops parameters before a filter sees the request. */
    @Test
    void aPathThatTheServerReadsInAnotherWayIsNoQuestionForAnAuthorizer() throws Exception {
        Site.Handlers handlers = new Site.Handlers();
        try (Mesh mesh = Mesh.builder()
                        .service("reviews")
                        .ignoreEnvironment()
                        .trust(Trust.of(new HeldIdentity()))
                        .snapshots(SnapshotSource.of(CustomPolicies.snapshot(
                                CustomPolicies.asking(SERVICE, Duration.ofSeconds(5), false, List.of()),
                                authorizer.getAddress(),
                                Cluster.Protocol.HTTP1)))
                        .start();
                Site tomcat = new TomcatSite(mesh, handlers);
                RawClient client = RawClient.plaintext(tomcat.plaintext())) {
            for (String path : List.of("//admin/yes", "/admin;x=y/yes", "/;/admin/yes")) {
                assertThat(client.send("GET " + path + " HTTP/1.1\r\nHost: reviews\r\n\r\n")
                                .answer()
                                .status())
                        .as(path)
                        .isEqualTo(403);
            }
            assertThat(asked).isEmpty();
            assertThat(client.send("GET /admin/yes HTTP/1.1\r\nHost: reviews\r\n\r\n")
                            .answer()
                            .body())
                    .contains("route=admin");
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void aNoIsTheAuthorizersOwnAnswer() throws Exception {
        try (Workload workload = workload(Duration.ofSeconds(5), true)) {
            RawClient.Answer answer = workload.get("/admin/no", "");
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.body()).isEqualTo("log in first");
            assertThat(answer.head().toLowerCase(Locale.ROOT))
                    .contains("location: https://login", "x-why: because")
                    .doesNotContain("x-internal", "set-cookie", "x-user");
            assertThat(workload.served).isEmpty();
        }
    }

    @Test
    void withoutAnAnswerNobodyGetsIn() throws Exception {
        try (Workload workload = workload(Duration.ofMillis(300), false)) {
            for (String path : List.of("/admin/broken", "/admin/silence", "/admin/flood")) {
                RawClient.Answer answer = workload.get(path, "");
                assertThat(answer.status()).as(path).isEqualTo(503);
                assertThat(answer.body()).isEmpty();
            }
            authorizer.stop(0);
            assertThat(workload.get("/admin/gone", "").status()).isEqualTo(503);
            assertThat(workload.served).isEmpty();
        }
    }

    @Test
    void unlessThatWasAskedFor() throws Exception {
        try (Workload workload = workload(Duration.ofMillis(300), true)) {
            assertThat(workload.get("/admin/broken", "").body()).endsWith("failed=true");
            assertThat(workload.get("/admin/silence", "x-envoy-auth-failure-mode-allowed: no\r\n")
                            .body())
                    .endsWith("failed=true");
        }
    }

    @Test
    void nobodyIsAskedLongerThanTheCallerWaits() throws Exception {
        try (Workload workload = workload(Duration.ofMinutes(10), false)) {
            assertThat(workload.get("/admin/silence", "x-mesh-timeout-ms: 300\r\n")
                            .status())
                    .isEqualTo(503);
            assertThat(workload.served).isEmpty();
        }
    }

    /** Else a caller in a hurry would be let in without an answer. */
    @Test
    void whereNoAnswerLetsInTheCallerDoesNotSetTheTimeForIt() throws Exception {
        try (Workload workload = workload(Duration.ofMinutes(10), true)) {
            assertThat(workload.get("/admin/hurried", "x-mesh-timeout-ms: 5000\r\n")
                            .status())
                    .isEqualTo(403);
            assertThat(workload.served).isEmpty();
        }
    }

    @Test
    void anAuthorizerThatTheMeshDoesNotKnowIsNotLookedForElsewhere() throws Exception {
        try (Workload workload = new Workload(CustomPolicies.snapshot(
                CustomPolicies.asking(SERVICE, Duration.ofSeconds(5), false, List.of()),
                null,
                Cluster.Protocol.HTTP1))) {
            assertThat(workload.get("/admin/yes", "").status()).isEqualTo(503);
            assertThat(asked).isEmpty();
        }
    }
}
