package dev.weft.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.request.LocalReply;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK client's own API promises, kept on the mesh. */
@Timeout(60)
final class WrappedJdkClientTest {
    private final TestServer server = TestServer.start("v1", false);
    private final RecordingObserver observer = new RecordingObserver();
    private final Mesh mesh = Mesh.builder()
            .service("productpage")
            .ignoreEnvironment()
            .observer(observer)
            .snapshots(SnapshotSource.of(Snapshots.reviews().at(server.address())))
            .start();

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://reviews:9080" + path));
    }

    @Test
    void wrappingTwiceGivesTheSame() {
        HttpClient client = mesh.wrap(HttpClient.newHttpClient());
        assertThat(mesh.wrap(client)).isSameAs(client);
    }

    @Test
    void settingsOfTheUsersClientShowThrough() {
        HttpClient own = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(7))
                .followRedirects(Redirect.NORMAL)
                .build();
        HttpClient client = mesh.wrap(own);
        assertThat(client.connectTimeout()).contains(Duration.ofSeconds(7));
        assertThat(client.followRedirects()).isEqualTo(Redirect.NORMAL);
        assertThat(client.version()).isEqualTo(own.version());
        assertThat(client.sslContext()).isSameAs(own.sslContext());
    }

    @Test
    void theRequestsOwnTimeoutIsThrownAndEndsTheAttempt() {
        HttpClient client = mesh.wrap(HttpClient.newHttpClient());
        HttpRequest request = to("/never").timeout(Duration.ofMillis(300)).build();

        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        assertThatThrownBy(
                        () -> client.sendAsync(request, BodyHandlers.ofString()).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(HttpTimeoutException.class);
        Eventually.is("attempts closed at the server", () -> server.running() == 0);
    }

    @Test
    void anExecutorThatTakesNoMoreWorkFailsTheCallAndLetsNobodyWait() {
        HttpClient client = mesh.wrap(HttpClient.newBuilder()
                .executor(task -> {
                    throw new RejectedExecutionException("shut down");
                })
                .build());

        assertThatThrownBy(() -> client.sendAsync(to("/echo").build(), BodyHandlers.ofString())
                        .get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void handlersSeeStatusAndHeadersAndChooseTheBody(@TempDir Path directory) throws Exception {
        HttpClient client = mesh.wrap(HttpClient.newHttpClient());
        Path file = directory.resolve("body");

        HttpResponse<Path> toFile = client.send(to("/status/200").build(), BodyHandlers.ofFile(file));
        assertThat(Files.readString(toFile.body())).isEqualTo("status from v1");
        assertThat(toFile.headers().firstValue("X-Server")).contains("v1");
        assertThat(toFile.request().uri()).isEqualTo(URI.create("http://reviews:9080/status/200"));

        assertThat(client.send(to("/status/200").build(), BodyHandlers.discarding())
                        .body())
                .isNull();
        assertThat(client.send(to("/echo").build(), BodyHandlers.ofLines())
                        .body()
                        .collect(Collectors.toList()))
                .contains("host: reviews:9080");
        HttpResponse<Integer> mapped = client.send(
                to("/status/418").build(), info -> HttpResponse.BodySubscribers.replacing(info.statusCode()));
        assertThat(mapped.body()).isEqualTo(418);
    }

    @Test
    void publishersOfEveryKindAreSent(@TempDir Path directory) throws Exception {
        HttpClient client = mesh.wrap(HttpClient.newHttpClient());
        Path file = Files.writeString(directory.resolve("upload"), "from a file");
        List<HttpRequest.BodyPublisher> publishers = List.of(
                BodyPublishers.ofString("text"),
                BodyPublishers.ofByteArray(new byte[] {'x', 'b', 'y', 't', 'e'}, 1, 4),
                BodyPublishers.ofByteArrays(List.of(new byte[] {'a'}, new byte[] {'b'})),
                BodyPublishers.ofFile(file),
                BodyPublishers.fromPublisher(BodyPublishers.ofString("wrapped")));
        String all = "";
        for (HttpRequest.BodyPublisher publisher : publishers) {
            String echo = client.send(to("/echo").POST(publisher).build(), BodyHandlers.ofString())
                    .body();
            all += echo.substring(echo.indexOf("\n\n") + 2) + "|";
        }
        assertThat(all).isEqualTo("text|byte|ab|from a file|wrapped|");
    }

    @Test
    void anUnfaithfulPublisherFailsTheCall() {
        HttpClient client = mesh.wrap(HttpClient.newHttpClient());
        Flow.Publisher<java.nio.ByteBuffer> three = BodyPublishers.ofString("abc");

        assertThatThrownBy(() -> client.send(
                        to("/count")
                                .POST(BodyPublishers.fromPublisher(three, 5))
                                .build(),
                        BodyHandlers.ofString()))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("ended after 3 bytes");
    }

    @Test
    void cookiesGoThroughTheClientsHandler() throws Exception {
        HttpServer own = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        own.createContext("/", exchange -> {
            String cookie = exchange.getRequestHeaders().getFirst("cookie");
            byte[] body = String.valueOf(cookie).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("set-cookie", "session=7; Path=/");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        own.start();
        try (Mesh other = Mesh.builder()
                .service("x")
                .ignoreEnvironment()
                .snapshots(SnapshotSource.of(Snapshots.reviews().at(own.getAddress())))
                .start()) {
            HttpClient client = other.wrap(
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build());
            assertThat(client.send(to("/").build(), BodyHandlers.ofString()).body())
                    .isEqualTo("null");
            assertThat(client.send(to("/").build(), BodyHandlers.ofString()).body())
                    .contains("session=7");
        } finally {
            own.stop(0);
        }
    }

    @Test
    void redirectsFollowTheClientsPolicy() throws Exception {
        HttpServer own = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        own.createContext("/from", exchange -> {
            exchange.getResponseHeaders().add("location", "/to");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        own.createContext("/to", exchange -> {
            byte[] body = exchange.getRequestMethod().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        own.start();
        try (Mesh other = Mesh.builder()
                .service("x")
                .ignoreEnvironment()
                .snapshots(SnapshotSource.of(Snapshots.reviews().at(own.getAddress())))
                .start()) {
            HttpRequest post = to("/from").POST(BodyPublishers.ofString("x")).build();
            HttpClient never = other.wrap(HttpClient.newHttpClient());
            assertThat(never.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(302);
            HttpClient follows = other.wrap(
                    HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build());
            HttpResponse<String> answer = follows.send(post, BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("GET");
            assertThat(answer.uri().getPath()).isEqualTo("/to");
            assertThat(answer.previousResponse()).isPresent();
        } finally {
            own.stop(0);
        }
    }

    @Test
    void charactersBeyondAsciiArePercentEncoded() throws Exception {
        HttpClient client = mesh.wrap(HttpClient.newHttpClient());
        assertThat(client.send(to("/echo/caf\u00e9?q=\u00fc").build(), BodyHandlers.ofString())
                        .body())
                .startsWith("GET /echo/caf%C3%A9?q=%C3%BC\n");
    }

    @Test
    void otherHostsReachTheUsersOwnClient() throws Exception {
        HttpClient client = mesh.wrap(HttpClient.newHttpClient());
        try (TestServer outside = TestServer.start("outside", false)) {
            URI uri = URI.create("http://localhost:" + outside.address().getPort() + "/echo");
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

            assertThat(answer.body()).contains("server: outside");
            assertThat(observer.calls).isEmpty();
        }
    }

    @Test
    void aMeshAnswerCanBeToldFromAServers() throws Exception {
        HttpClient client = mesh.wrap(HttpClient.newHttpClient());
        server.close();
        HttpResponse<String> answer = client.send(to("/echo").build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(LocalReply.in(name -> answer.headers().firstValue(name).orElse(null)))
                .hasValueSatisfying(reply -> assertThat(reply.flagText()).isEqualTo("UF"));
    }

    @Test
    void anInterruptEndsTheAttempt() throws Exception {
        HttpClient client = mesh.wrap(HttpClient.newHttpClient());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                client.send(to("/never").build(), BodyHandlers.ofString());
                thrown.complete(null);
            } catch (Throwable e) {
                thrown.complete(e);
            }
        });
        thread.start();
        Eventually.is("request arrived", () -> server.running() == 1);
        thread.interrupt();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        Eventually.is("attempt closed at the server", () -> server.abandoned() == 1);
    }
}
