package dev.weft.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.request.Deadline;
import dev.weft.request.Inbound;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GuardedServerTest {
    private final RecordingObserver observer = new RecordingObserver();
    private final HttpClient caller = HttpClient.newHttpClient();
    private final Mesh mesh = Mesh.builder()
            .service("reviews")
            .ignoreEnvironment()
            .observer(observer)
            .snapshots(SnapshotSource.of(Snapshots.reviews().at()))
            .start();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = mesh.guard(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        server.createContext("/deadline", exchange -> {
            Deadline deadline = Inbound.current().deadline();
            String text = deadline.exists()
                    + " " + exchange.getRequestHeaders().getFirst("x-mesh-timeout-ms")
                    + " " + exchange.getRequestHeaders().getFirst("end-user");
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/none").setHandler(exchange -> exchange.sendResponseHeaders(204, -1));
        server.createContext("/throws", exchange -> {
            throw new IOException("handler failed");
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        mesh.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return caller.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void theCallersDeadlineIsCurrentAndItsHeaderIsGone() throws Exception {
        assertThat(get("/deadline", "x-mesh-timeout-ms", "5000", "end-user", "jason")
                        .body())
                .isEqualTo("true null jason");
        assertThat(get("/deadline").body()).isEqualTo("false null null");
    }

    @Test
    void everyRequestIsReportedOnceItsResponseIsComplete() throws Exception {
        assertThat(get("/deadline").statusCode()).isEqualTo(200);
        assertThat(get("/none").statusCode()).isEqualTo(204);

        Eventually.is("reports", () -> observer.inbound.size() == 2);
        assertThat(observer.inbound).extracting(summary -> summary.status()).containsExactly(200, 204);
        assertThat(observer.inbound.get(0).head().path()).isEqualTo("/deadline");
        assertThat(mesh.inbound().active()).isZero();
    }

    @Test
    void aHandlerThatFailsLosesTheRequest() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> get("/throws")))
                .isInstanceOf(IOException.class);

        Eventually.is("reports", () -> !observer.inbound.isEmpty());
        assertThat(observer.inbound.get(0).status()).isZero();
        assertThat(mesh.inbound().active()).isZero();
    }

    @Test
    void guardingTwiceGivesTheSame() {
        assertThat(mesh.guard(server)).isSameAs(server);
        assertThat(server.createContext("/later").getServer()).isSameAs(server);
    }
}
