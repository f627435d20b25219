package dev.weft.http.hc5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.request.Hints;
import dev.weft.request.LocalReply;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What Apache HttpClient's own settings promise, kept on the mesh; classic and asynchronous alike. */
@org.junit.jupiter.api.Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class Hc5Contract {
    static final String REVIEWS = "http://reviews:9080";

    final TestServer server = TestServer.start("v1", false);
    final TestServer outside = TestServer.start("outside", false);
    final Site site = new Site();
    final RecordingObserver observer = new RecordingObserver();
    final Settings settings = new Settings();
    private Mesh mesh;
    private Client client;

    /** A client on a mesh. */
    interface Client extends AutoCloseable {
        Reply call(String method, String url, String body, HttpClientContext context) throws Exception;

        /** Connections of its own that are in use. */
        int leased();

        /** Those and the idle ones. */
        int connections();
    }

    record Reply(int status, Map<String, String> headers, String body) {}

    abstract Client client(Mesh mesh, Settings settings);

    final Mesh mesh(SnapshotSource source) {
        mesh = Mesh.builder()
                .service("productpage")
                .ignoreEnvironment()
                .observer(observer)
                .snapshots(source)
                .start();
        return mesh;
    }

    /** On a mesh where reviews is at this address. */
    private Client at(InetSocketAddress address) {
        client = client(mesh(SnapshotSource.of(Snapshots.reviews().at(address))), settings);
        return client;
    }

    private static HttpClientContext context() {
        return HttpClientContext.create();
    }

    private static HttpClientContext responseTimeout(long millis) {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.ofMilliseconds(millis))
                .build());
        return context;
    }

    private String outside(String path) {
        return "http://localhost:" + outside.address().getPort() + path;
    }

    @AfterEach
    void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        mesh.close();
        server.close();
        outside.close();
        site.close();
    }

    @Test
    void theClientsRetriesAreForOtherHostsOnly() throws Exception {
        Client client = at(server.address());

        assertThat(client.call("GET", REVIEWS + "/status/503", null, context()).status())
                .isEqualTo(503);
        assertThat(client.call("POST", REVIEWS + "/status/503", "body", context())
                        .body())
                .isEqualTo("status from v1");
        assertThat(client.call("GET", REVIEWS + "/close", null, context()).status())
                .isEqualTo(503);
        assertThat(server.requests()).containsExactly("GET /status/503", "POST /status/503", "GET /close");
        assertThatThrownBy(() -> client.call("GET", REVIEWS + "/never", null, responseTimeout(200)))
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(settings.retries.asked).hasValue(0);

        assertThat(client.call("GET", outside("/status/503"), null, context()).status())
                .isEqualTo(503);
        assertThat(outside.requests()).hasSize(2);
        assertThat(settings.retries.asked).hasValue(2);
    }

    @Test
    void aBuilderWithoutRetriesWorksToo() throws Exception {
        settings.withoutRetries = true;
        Client client = at(site.address());

        assertThat(client.call("POST", REVIEWS + "/kept", "body", context()).body())
                .isEqualTo("POST body");
    }

    @Test
    void aHintRidesInTheContextOrOnTheThread() throws Exception {
        Client client = at(server.address());
        HttpClientContext context = context();
        Hints hints = Hints.within(Duration.ofMillis(200));
        context.setAttribute(Hints.KEY, hints);

        Reply reply = client.call("GET", REVIEWS + "/never", null, context);
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.headers()).containsEntry(LocalReply.FLAGS_HEADER, "UT");
        assertThat(hints.call(() -> client.call("GET", REVIEWS + "/never", null, context()))
                        .status())
                .isEqualTo(504);
    }

    @Test
    void theResponseTimeoutIsThrownAndEndsTheAttempt() {
        Client client = at(server.address());

        assertThatThrownBy(() -> client.call("GET", REVIEWS + "/never", null, responseTimeout(200)))
                .isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> client.call("GET", REVIEWS + "/stall", null, responseTimeout(400)))
                .isInstanceOf(SocketTimeoutException.class);
        Eventually.is("attempts closed at the server", () -> server.running() == 0);
    }

    @Test
    void theResponseTimeoutBoundsEachSilenceAndNotTheCall() throws Exception {
        Client client = at(server.address());

        assertThat(client.call("GET", REVIEWS + "/echo", null, responseTimeout(5_000))
                        .body())
                .doesNotContain("x-mesh-timeout-ms");
    }

    @Test
    void redirectsFollowTheClientsRules() throws Exception {
        Client client = at(site.address());

        assertThat(client.call("POST", REVIEWS + "/found", "body", context()).body())
                .isEqualTo("GET ");
        assertThat(client.call("POST", REVIEWS + "/kept", "body", context()).body())
                .isEqualTo("POST body");
        assertThat(client.call("GET", REVIEWS + "/away?" + outside("/echo"), null, context())
                        .body())
                .contains("server: outside\n");
        HttpClientContext never = context();
        never.setRequestConfig(RequestConfig.custom().setRedirectsEnabled(false).build());
        assertThat(client.call("GET", REVIEWS + "/found", null, never).status()).isEqualTo(302);
        assertThat(client.connections()).isEqualTo(1);
    }

    @Test
    void cookiesAreKeptByTheClient() throws Exception {
        Client client = at(site.address());

        assertThat(client.call("GET", REVIEWS + "/cookie", null, context()).body())
                .isEqualTo("null");
        assertThat(client.call("GET", REVIEWS + "/cookie", null, context()).body())
                .isEqualTo("session=7");
    }

    @Test
    void bodiesAreDecompressedByTheClient() throws Exception {
        assertThat(at(site.address())
                        .call("GET", REVIEWS + "/gzip", null, context())
                        .body())
                .isEqualTo("unpacked");
    }

    @Test
    void aChallengeIsAnsweredByTheClient() throws Exception {
        Client client = at(site.address());

        assertThat(client.call("GET", REVIEWS + "/secret", null, context()).body())
                .isEqualTo("for jason ");
        assertThat(client.call("POST", REVIEWS + "/secret", "body", context()).body())
                .isEqualTo("for jason body");
    }

    @Test
    void interceptorsSeeTheCallOnce() throws Exception {
        Client client = at(server.address());

        assertThat(client.call("GET", REVIEWS + "/echo", null, context()).body())
                .contains("x-intercepted: yes\n");
        assertThat(settings.seen).containsExactly("GET", "200");
    }

    @Test
    void otherHostsUseTheClientsPoolAndMeshHostsDoNot() throws Exception {
        Client client = at(server.address());

        client.call("GET", REVIEWS + "/echo", null, context());
        assertThat(client.connections()).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(client.call("GET", outside("/echo"), null, context()).body())
                    .contains("server: outside\n");
            // The asynchronous client answers first and gives back then.
            Eventually.is("given back", () -> client.leased() == 0);
        }
        assertThat(client.connections()).isEqualTo(1);
        assertThat(outside.connections()).isEqualTo(1);
        observer.awaitCalls(1);
    }

    @Test
    void theClientsProxyIsNotAskedForHostsOfTheMesh() throws Exception {
        InetSocketAddress nobody = TestServer.nobody();
        settings.proxy = new HttpHost("http", nobody.getAddress(), nobody.getPort());

        assertThat(at(server.address())
                        .call("GET", REVIEWS + "/echo", null, context())
                        .body())
                .startsWith("GET /echo\n")
                .contains("host: reviews:9080\n");
    }

    @Test
    void unknownHostsAreRefusedWhereThePolicySaysSo() throws Exception {
        MeshSnapshot open = Snapshots.reviews().at(server.address());
        Map<Integer, List<VirtualHost>> ports = new HashMap<>(open.ports());
        ports.put(0, List.of(VirtualHost.blockAll()));
        MeshSnapshot closed =
                new MeshSnapshot("closed", ports, open.clusters(), open.endpoints(), MeshSnapshot.Source.STATIC, 0);
        client = client(mesh(SnapshotSource.of(closed)), settings);

        assertThat(client.call("GET", outside("/echo"), null, context()).status())
                .isEqualTo(502);
        assertThat(outside.requests()).isEmpty();
    }

    @Test
    void callsBeforeThereIsAConfigurationWaitAndGoWhereTheyBelong() throws Exception {
        Late late = new Late();
        client = client(mesh(late), settings);
        CompletableFuture<Reply> ours = later("POST", REVIEWS + "/echo");
        CompletableFuture<Reply> others = later("POST", outside("/echo"));
        // Both stand before the engine, which alone can tell whose they are.
        Eventually.is("both have begun", () -> settings.seen.size() == 2);

        late.listener.accept(Snapshots.reviews().at(server.address()));

        assertThat(ours.get(10, TimeUnit.SECONDS).body())
                .contains("server: v1\n")
                .endsWith("\nbody");
        assertThat(others.get(10, TimeUnit.SECONDS).body())
                .contains("server: outside\n")
                .endsWith("\nbody");
        assertThat(client.connections()).isEqualTo(1);
        observer.awaitCalls(1);
    }

    private CompletableFuture<Reply> later(String method, String url) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        reply.complete(client.call(method, url, "body", context()));
                    } catch (Exception e) {
                        reply.completeExceptionally(e);
                    }
                })
                .start();
        return reply;
    }

    /** Says nothing until it is told to. */
    private static final class Late implements SnapshotSource {
        private volatile Consumer<MeshSnapshot> listener = snapshot -> {};

        @Override
        public void subscribe(Consumer<MeshSnapshot> given) {
            listener = given;
        }

        @Override
        public void request(VirtualHost host) {}
    }
}
