package dev.weft.http.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.http.client.HttpClient;

/** Calls that are made before the mesh has any configuration, by clients that must know before they begin. */
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

    private String others() {
        return "http://localhost:" + outside.address().getPort() + "/echo";
    }

    @Test
    void reactorNettyWaitsAndThenGoesWhereItBelongs() throws Exception {
        HttpClient client = mesh.wrap(HttpClient.create());
        CompletableFuture<String> ours = client.get()
                .uri("http://reviews:9080/echo")
                .responseContent()
                .aggregate()
                .asString()
                .toFuture();
        CompletableFuture<String> others = client.get()
                .uri(others())
                .responseContent()
                .aggregate()
                .asString()
                .toFuture();
        assertThat(ours).isNotDone();
        assertThat(others).isNotDone();

        source.listener.accept(Snapshots.reviews().at(server.address()));

        assertThat(ours.get(10, TimeUnit.SECONDS)).contains("server: v1\n");
        assertThat(others.get(10, TimeUnit.SECONDS)).contains("server: outside\n");
        observer.awaitCalls(1);
    }

    @Test
    void jettyWaitsAndThenGoesWhereItBelongs() throws Exception {
        org.eclipse.jetty.client.HttpClient client = mesh.wrap(new org.eclipse.jetty.client.HttpClient());
        client.start();
        CompletableFuture<ContentResponse> ours =
                new CompletableResponseListener(client.newRequest("http://reviews:9080/echo")).send();
        CompletableFuture<ContentResponse> others = new CompletableResponseListener(client.newRequest(others())).send();
        assertThat(ours).isNotDone();
        assertThat(others).isNotDone();

        source.listener.accept(Snapshots.reviews().at(server.address()));

        assertThat(ours.get(10, TimeUnit.SECONDS).getContentAsString()).contains("server: v1\n");
        assertThat(others.get(10, TimeUnit.SECONDS).getContentAsString()).contains("server: outside\n");
        observer.awaitCalls(1);
        client.stop();
    }
}
