package dev.weft.control.endtoend;

import static dev.weft.control.endtoend.Follower.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TlsOptions;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.http.MeshHttp;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshResponse;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services under STRICT call each other while their certificates change every half second, and then the root. */
final class CallsThroughRotationTest {
    /** What would be in twenty minutes or more is soon: renewals, and the end of streams. */
    private static final World IN_A_HURRY = new World(
            Ticker.system(),
            (delay, task) -> Timer.system().schedule(delay > 1_200_000_000_000L ? 250_000_000L : delay, task),
            Randomness.system());

    private static final int CALLERS = 3;
    private static final String GOOD = "200 hello spiffe://cluster.local/ns/default/sa/productpage";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean over;

    @TempDir
    Path directory;

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void noCallFailsWhileCertificatesAndThenTheRootChange() throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve("config")).resolve("strict.yaml"), """
                apiVersion: security.istio.io/v1
                kind: PeerAuthentication
                metadata: {name: default, namespace: istio-system}
                spec: {mtls: {mode: STRICT}}
                """);
        ControlPlane plane = ControlPlane.start(ControlPlaneOptions.of(directory.resolve("config"))
                .withPort(0)
                .withData(directory.resolve("data"))
                .withTls(TlsOptions.DEFAULT.withPort(0).withLocalToken(directory.resolve("token"))));
        open.push(plane);
        Mesh reviews = mesh(plane, "reviews", Mesh.builder().port(9080));
        serve(reviews);
        Mesh productpage = mesh(plane, "productpage", Mesh.builder());
        MeshHttpClient http = MeshHttpClient.of(productpage);
        until("the first call is answered", () -> answer(http).equals(GOOD));

        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> call(http));
        }
        rotated(reviews, 3);
        CertificateAuthority authority = Objects.requireNonNull(plane.authority());
        authority.publishNewRoot(null);
        rotated(productpage, 2);
        rotated(reviews, 2);
        authority.signByNewRoot(true);
        rotated(productpage, 2);
        rotated(reviews, 2);
        authority.withdrawOldRoot(true);
        rotated(productpage, 2);
        rotated(reviews, 2);
        over = true;
        callers.shutdown();
        assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(failures).isEmpty();
        assertThat(calls.get()).isPositive();
        assertThat(Objects.requireNonNull(productpage.identity().current())
                        .bundle()
                        .roots("cluster.local"))
                .as("the old root is gone")
                .hasSize(1);
    }

    private void call(MeshHttpClient http) {
        while (!over && failures.size() < 5) {
            String answer = answer(http);
            calls.incrementAndGet();
            if (!answer.equals(GOOD)) {
                failures.add(answer);
            }
        }
    }

    private static String answer(MeshHttpClient http) {
        try (MeshResponse response = http.get("http://reviews:9080/")) {
            return response.status() + " " + response.text()
                    + response.localReply().map(reply -> " " + reply).orElse("");
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    private void rotated(Mesh mesh, int times) {
        long from = Objects.requireNonNull(mesh.identity().current()).epoch();
        until(
                times + " more certificates",
                () -> Objects.requireNonNull(mesh.identity().current()).epoch() >= from + times);
    }

    private void serve(Mesh mesh) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        HttpServer guarded = mesh.guard(server);
        guarded.createContext("/", exchange -> {
            byte[] hello = ("hello " + MeshHttp.peer(exchange).getName()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, hello.length);
            exchange.getResponseBody().write(hello);
            exchange.close();
        });
        guarded.start();
        open.push(() -> {
            guarded.stop(0);
            threads.shutdown();
        });
    }

    private Mesh mesh(ControlPlane plane, String service, Mesh.Builder builder) {
        Mesh mesh = builder.service(service)
                .ignoreEnvironment()
                .world(IN_A_HURRY)
                .controlPlane(plane.target())
                .trust(Trust.localToken(directory.resolve("token")))
                .dataDirectory(directory.resolve(service))
                .meterRegistry(new SimpleMeterRegistry())
                .drainTimeout(Duration.ofSeconds(1))
                .start();
        open.push(mesh);
        mesh.awaitReady(Duration.ofSeconds(20));
        return mesh;
    }
}
