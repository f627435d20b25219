package dev.weft.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are made before the mesh has any configuration. */
@Timeout(60)
final class UnconfiguredTest {
    private final TestServer server = TestServer.start("v1", false);
    private final TestServer outside = TestServer.start("outside", false);
    private final Late source = new Late();
    private final RecordingObserver observer = new RecordingObserver();
    private final Mesh mesh = Mesh.builder()
            .service("productpage")
            .ignoreEnvironment()
            .observer(observer)
            .snapshots(source)
            .start();
    private final HttpClient client = mesh.wrap(HttpClient.newHttpClient());

    /** Says nothing until it is told to. */
    private static final class Late implements SnapshotSource {
        private Consumer<MeshSnapshot> listener = snapshot -> {};

        @Override
        public void subscribe(Consumer<MeshSnapshot> given) {
            listener = given;
        }

        @Override
        public void request(VirtualHost host) {}
    }

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
        outside.close();
    }

    private CompletableFuture<HttpResponse<String>> get(String url) {
        return client.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    @Test
    void theyWaitAndThenGoWhereTheyBelong() throws Exception {
        CompletableFuture<HttpResponse<String>> ours = get("http://reviews:9080/echo");
        CompletableFuture<HttpResponse<String>> others =
                get("http://localhost:" + outside.address().getPort() + "/echo");
        assertThat(ours).isNotDone();
        assertThat(others).isNotDone();

        source.listener.accept(Snapshots.reviews().at(server.address()));

        assertThat(ours.get(10, TimeUnit.SECONDS).body()).contains("server: v1\n");
        // By the user's own client: the mesh's transport would not upgrade.
        assertThat(others.get(10, TimeUnit.SECONDS).body())
                .contains("server: outside\n")
                .contains("http2-settings");
        Eventually.is("the mesh's call is reported", () -> observer.calls.size() == 1);
        assertThat(observer.calls.get(0).head().authority()).isEqualTo("reviews:9080");
        assertThat(observer.calls.get(0).flags()).isEmpty();
        assertThat(observer.attempts)
                .as("what was handed back is nobody's loss")
                .containsExactly("PRIMARY 200");
    }
}
