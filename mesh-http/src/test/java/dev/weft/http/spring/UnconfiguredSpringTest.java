package dev.weft.http.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Calls that are made before the mesh has any configuration, and turn out to be none of its own. */
@Timeout(60)
final class UnconfiguredSpringTest {
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

    private final List<Thread> callers = new ArrayList<>();

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

    private CompletableFuture<String> post(ClientHttpRequestFactory own, Object body) {
        RestClient client = mesh.wrap(RestClient.builder()
                .requestFactory(own)
                .defaultHeader("end-user", "jason")
                .build());
        URI uri = URI.create("http://localhost:" + outside.address().getPort() + "/echo");
        return CompletableFuture.supplyAsync(
                () -> String.valueOf(
                        client.post().uri(uri).body(body).retrieve().body(String.class)),
                task -> {
                    Thread thread = new Thread(task);
                    callers.add(thread);
                    thread.start();
                });
    }

    @Test
    void theUsersFactoryMakesThemWithEverythingThatWasToBeSent() throws Exception {
        JdkClientHttpRequestFactory streaming = new JdkClientHttpRequestFactory();
        ClientHttpRequestFactory buffering = (uri, method) ->
                new InterceptingClientHttpRequestFactory(streaming, List.of()).createRequest(uri, method);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (ClientHttpRequestFactory own : List.of(streaming, buffering)) {
            answers.add(post(own, "the body"));
            answers.add(post(
                    own,
                    new InputStreamResource(new ByteArrayInputStream("the body".getBytes(StandardCharsets.UTF_8)))));
        }
        Eventually.is(
                "all calls wait", () -> callers.stream().allMatch(caller -> caller.getState() == Thread.State.WAITING));

        source.listener.accept(Snapshots.reviews().at(server.address()));

        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS))
                    .contains("server: outside\n")
                    .contains("end-user: jason\n")
                    .endsWith("\nthe body");
        }
        assertThat(observer.calls).isEmpty();
    }
}
