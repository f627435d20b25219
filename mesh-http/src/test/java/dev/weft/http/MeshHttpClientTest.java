package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Snapshots;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MeshHttpClientTest {
    @Test
    void speaksWithAServer() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().getFirst("host") + " "
                            + new String(body, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try (Mesh mesh = Mesh.builder()
                .service("test")
                .ignoreEnvironment()
                .snapshots(SnapshotSource.of(Snapshots.reviews().at(server.getAddress())))
                .start()) {
            MeshHttpClient http = MeshHttpClient.of(mesh);
            assertThat(http.get("http://reviews:9080/1?a=b").text()).isEqualTo("GET /1?a=b reviews:9080 ");
            assertThat(http.send(MeshRequest.post("http://reviews:9080/2").body("hello"))
                            .text())
                    .isEqualTo("POST /2 reviews:9080 hello");
            assertThat(http.sendAsync(MeshRequest.get("http://reviews:9080/3"))
                            .thenApply(MeshResponse::text)
                            .get())
                    .isEqualTo("GET /3 reviews:9080 ");
            assertThat(http.send(MeshRequest.get("http://reviews:9080/5").header("Host", "elsewhere.org"))
                            .text())
                    .as("who is dialled, where nobody knows the Host")
                    .isEqualTo("GET /5 elsewhere.org ");
            assertThat(http.get("http://localhost:" + server.getAddress().getPort() + "/4")
                            .text())
                    .startsWith("GET /4 localhost");
        } finally {
            server.stop(0);
        }
    }
}
