package dev.weft.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Mesh;
import dev.weft.config.RetryOn;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.request.Hints;
import dev.weft.request.LocalReply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of Jetty's client keeps working for hosts of the mesh. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WrappedJettyClientTest {
    private static final String REVIEWS = "http://reviews:9080";

    private final RecordingObserver observer = new RecordingObserver();
    private final TestServer server = TestServer.start("v1", false);
    private final Mesh mesh = mesh(server.address());
    private final HttpClient client = mesh.wrap(new HttpClient());

    private Mesh mesh(InetSocketAddress address) {
        return Mesh.builder()
                .service("test")
                .ignoreEnvironment()
                .observer(observer)
                .snapshots(SnapshotSource.of(
                        Snapshots.reviews().retry(2, null, RetryOn.SERVER_ERROR).at(address)))
                .start();
    }

    @BeforeEach
    void start() throws Exception {
        client.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        mesh.close();
        server.close();
    }

    @Test
    void aBodyInMemoryIsSentAgainAndAStreamIsNot() throws Exception {
        assertThat(client.POST(REVIEWS + "/status/503")
                        .body(new BytesRequestContent("json".getBytes(StandardCharsets.US_ASCII)))
                        .send()
                        .getStatus())
                .isEqualTo(503);
        assertThat(server.requests()).hasSize(3);
        assertThat(client.POST(REVIEWS + "/status/503")
                        .body(new InputStreamRequestContent(new ByteArrayInputStream(new byte[100_000])))
                        .send()
                        .getStatus())
                .isEqualTo(503);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void hintsRideAsAttributeOrOnTheThread() throws Exception {
        ContentResponse refused = client.newRequest(REVIEWS + "/never")
                .attribute(Hints.KEY, Hints.within(Duration.ofMillis(50)))
                .send();
        assertThat(refused.getHeaders().get(LocalReply.FLAGS_HEADER)).isEqualTo("UT");
        Hints.NONE.withoutRetry().call(() -> client.GET(REVIEWS + "/status/503"));
        assertThat(server.requests()).filteredOn("GET /status/503"::equals).hasSize(1);
    }

    @Test
    void itsOwnTimeoutIsThrownAndEndsTheAttempt() {
        assertThatThrownBy(() -> client.newRequest(REVIEWS + "/never")
                        .timeout(50, TimeUnit.MILLISECONDS)
                        .send())
                .isInstanceOf(TimeoutException.class);
        Eventually.is("attempt closed", () -> server.running() == 0 && observer.calls.size() == 1);
    }

    @Test
    void redirectsCookiesAndCompressionAreItsOwn() throws Exception {
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/from", exchange -> {
            exchange.getResponseHeaders().add("location", "/to");
            exchange.getResponseHeaders().add("set-cookie", "session=7; Path=/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        origin.createContext("/to", exchange -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                zip.write(("cookie " + exchange.getRequestHeaders().getFirst("cookie"))
                        .getBytes(StandardCharsets.US_ASCII));
            }
            exchange.getResponseHeaders().add("content-encoding", "gzip");
            exchange.sendResponseHeaders(200, bytes.size());
            exchange.getResponseBody().write(bytes.toByteArray());
            exchange.close();
        });
        origin.start();
        HttpClient mine = new HttpClient();
        try (Mesh other = mesh(origin.getAddress())) {
            other.wrap(mine);
            mine.start();
            assertThat(mine.GET(REVIEWS + "/from").getContentAsString()).isEqualTo("cookie session=7");
            observer.awaitCalls(2);
        } finally {
            mine.stop();
            origin.stop(0);
        }
    }

    @Test
    void aTransportMayBeWrappedInstead() throws Exception {
        HttpClient mine = new HttpClient(mesh.wrap(new HttpClientTransportOverHTTP()));
        mine.start();
        assertThat(mine.GET(REVIEWS + "/echo").getContentAsString()).contains("host: reviews:9080\n");
        String direct = "http://localhost:" + server.address().getPort();
        assertThat(mine.GET(direct + "/echo").getContentAsString()).contains("host: localhost:");
        observer.awaitCalls(1);
        mine.stop();
    }

    @Test
    void wrappingTwiceChangesNothingAndAClientThatHasCalledIsRefused() throws Exception {
        HttpClient late = new HttpClient();
        late.start();
        assertThat(late.GET("http://localhost:" + server.address().getPort() + "/echo")
                        .getStatus())
                .isEqualTo(200);
        assertThatThrownBy(() -> mesh.wrap(late)).hasMessageContaining("before its first one");
        late.stop();
        Object transport = client.getTransport();
        assertThat(mesh.wrap(client)).isSameAs(client);
        assertThat(client.getTransport()).isSameAs(transport);
    }
}
