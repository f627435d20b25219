package dev.weft.http.feign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.request.Hints;
import feign.AsyncClient;
import feign.AsyncFeign;
import feign.Body;
import feign.Client;
import feign.Feign;
import feign.FeignException;
import feign.Headers;
import feign.Param;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import feign.RetryableException;
import feign.Retryer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Feign's own API promises, kept on the mesh. */
@Timeout(60)
final class WrappedFeignTest {
    private static final Request.Options IMPATIENT =
            new Request.Options(Duration.ofSeconds(10), Duration.ofMillis(200), true);

    private final TestServer server = TestServer.start("v1", false);
    private final RecordingObserver observer = new RecordingObserver();
    private final Mesh mesh = mesh(server.address());

    private Mesh mesh(InetSocketAddress reviews) {
        return Mesh.builder()
                .service("productpage")
                .ignoreEnvironment()
                .observer(observer)
                .snapshots(SnapshotSource.of(Snapshots.reviews().at(reviews)))
                .start();
    }

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    /** As an application would write it. */
    interface Reviews {
        @RequestLine("GET /echo?user={user}")
        String echo(@Param("user") String user);

        @RequestLine("GET /status/{code}")
        String status(@Param("code") int code);

        @RequestLine("GET /never")
        String never();
    }

    /** The same, asynchronous. */
    interface LaterReviews {
        @RequestLine("GET /status/{code}")
        CompletableFuture<String> status(@Param("code") int code);

        @RequestLine("GET /never")
        CompletableFuture<String> never();
    }

    private Reviews reviews() {
        return Feign.builder()
                .client(mesh.wrap(new Client.Default(null, null)))
                .target(Reviews.class, "http://reviews:9080");
    }

    private static AsyncClient<Object> plainAsync() {
        return new AsyncClient.Pseudo<Object>(new Client.Default(null, null))::execute;
    }

    @Test
    void interfacesCallTheMesh() {
        assertThat(reviews().echo("{a b}"))
                .startsWith("GET /echo?user=%7Ba%20b%7D\n")
                .contains("host: reviews:9080\n")
                .contains("accept: */*\n");
    }

    @Test
    void aRefusalIsTheExceptionOfItsStatusAndFeignDoesNotRepeatIt() {
        server.close();
        Reviews reviews = reviews();
        assertThatThrownBy(() -> reviews.status(200))
                .isInstanceOfSatisfying(
                        FeignException.ServiceUnavailable.class,
                        refused -> assertThat(refused.responseHeaders().get("x-mesh-flags"))
                                .containsExactly("UF"));
        observer.awaitCalls(1);
    }

    @Test
    void aReadTimeoutIsFeigns() {
        Reviews reviews = Feign.builder()
                .client(mesh.wrap(new Client.Default(null, null)))
                .options(IMPATIENT)
                .retryer(Retryer.NEVER_RETRY)
                .target(Reviews.class, "http://reviews:9080");
        assertThatThrownBy(reviews::never)
                .isInstanceOf(RetryableException.class)
                .hasCauseInstanceOf(SocketTimeoutException.class);
        Eventually.is("attempt closed at the server", () -> server.running() == 0);
    }

    @Test
    void hintsOfTheThreadCount() {
        Reviews reviews = reviews();
        assertThatThrownBy(() -> Hints.within(Duration.ofMillis(100)).call(reviews::never))
                .isInstanceOf(FeignException.GatewayTimeout.class);
    }

    @Test
    void asynchronousInterfacesCallTheMesh() {
        LaterReviews reviews =
                AsyncFeign.builder().client(mesh.wrap(plainAsync())).target(LaterReviews.class, "http://reviews:9080");
        assertThat(reviews.status(200).join()).isEqualTo("status from v1");
        assertThatThrownBy(() -> reviews.status(404).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(FeignException.NotFound.class);
        LaterReviews impatient = AsyncFeign.builder()
                .client(mesh.wrap(plainAsync()))
                .options(IMPATIENT)
                .target(LaterReviews.class, "http://reviews:9080");
        assertThatThrownBy(() -> impatient.never().get(10, TimeUnit.SECONDS))
                .hasStackTraceContaining("SocketTimeoutException");
        Eventually.is("attempt closed at the server", () -> server.running() == 0);
    }

    /** A user's own class, which the mesh could not give back. */
    public static class Own implements Client {
        @Override
        public Response execute(Request request, Request.Options options) throws IOException {
            throw new IOException("the user's own client: " + request.url());
        }
    }

    @Test
    void whatIsWrappedKeepsItsTypeOrIsRefused() {
        Client.Default own = mesh.wrap(new Client.Default(null, null));
        assertThat(mesh.wrap(own)).isSameAs(own);

        Client lambda = (request, options) -> new Own().execute(request, options);
        Client wrapped = mesh.wrap(lambda);
        assertThat(mesh.wrap(wrapped)).isSameAs(wrapped);
        assertThatThrownBy(() -> Feign.builder()
                        .client(wrapped)
                        .retryer(Retryer.NEVER_RETRY)
                        .target(Reviews.class, "http://elsewhere")
                        .status(1))
                .hasMessageContaining("the user's own client: http://elsewhere/status/1");

        assertThatThrownBy(() -> mesh.wrap(new Own()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write mesh.wrap((feign.Client) client::execute)");
    }

    /** Bodies that are compressed, and redirects. */
    interface Packed {
        @RequestLine("POST /gzip")
        @Headers("Content-Encoding: gzip")
        @Body("{text}")
        String exchange(@Param("text") String text);

        @RequestLine("GET /from")
        @Headers("Authorization: mine")
        String redirected();
    }

    @Test
    void anAnswerThatOnlyCallsItselfPackedIsNotLeftOpen() throws IOException {
        HttpServer own = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // Never ends: what is not closed stays open.
        own.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("content-encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("this is no gzip at all".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });
        own.start();
        try (Mesh other = mesh(own.getAddress())) {
            Client client = other.wrap((Client) new Client.Default(null, null));
            Request request = Request.create(
                    Request.HttpMethod.GET, "http://reviews:9080/x", java.util.Map.of(), null, null, null);
            assertThatThrownBy(() -> client.execute(request, new Request.Options()))
                    .isInstanceOf(java.util.zip.ZipException.class);
            observer.awaitCalls(1);
        } finally {
            own.stop(0);
        }
    }

    @Test
    void bodiesArePackedAndUnpackedAndRedirectsFollowed() throws IOException {
        HttpServer own = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> seen = new CopyOnWriteArrayList<>();
        own.createContext("/gzip", exchange -> {
            try (GZIPInputStream unpacked = new GZIPInputStream(exchange.getRequestBody())) {
                seen.add(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8));
            }
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                new ByteArrayInputStream("answer".getBytes(StandardCharsets.UTF_8)).transferTo(gzip);
            }
            exchange.getResponseHeaders().add("content-encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
            exchange.close();
        });
        own.createContext("/from", exchange -> {
            seen.add("from " + exchange.getRequestHeaders().getFirst("authorization"));
            exchange.getResponseHeaders()
                    .add("location", "http://127.0.0.1:" + own.getAddress().getPort() + "/to");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        own.createContext("/to", exchange -> {
            seen.add("to " + exchange.getRequestHeaders().getFirst("authorization"));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("to".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        own.start();
        try (Mesh other = mesh(own.getAddress())) {
            Packed packed = Feign.builder()
                    .client(other.wrap(new Client.Default(null, null)))
                    .target(Packed.class, "http://reviews:9080");
            assertThat(packed.exchange("question")).isEqualTo("answer");
            assertThat(packed.redirected()).isEqualTo("to");
            assertThat(seen).containsExactly("question", "from mine", "to null");
            observer.awaitCalls(2);
        } finally {
            own.stop(0);
        }
    }
}
