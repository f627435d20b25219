package dev.weft.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.Cluster;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.TlsMode;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshRequest;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Leaks;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.MeshTls;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** One port of Reactor Netty for HTTP/1.1 and HTTP/2, in plaintext and over TLS, for clients with and without ALPN. */
final class ReactorProtocolsTest {
    static {
        Leaks.watch();
    }

    private final RecordingObserver observer = new RecordingObserver();
    private final StaticSource rules =
            SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/admin"))));
    private final Mesh mesh = Mesh.builder()
            .service("reviews")
            .ignoreEnvironment()
            .observer(observer)
            .trust(Trust.of(GuardContract.OWN))
            .snapshots(rules)
            .start();
    private final Site.Handlers handlers = new Site.Handlers();
    private final Site site = new ReactorSite(mesh, handlers);

    @AfterEach
    void end() throws Exception {
        site.close();
        mesh.close();
        Leaks.none();
    }

    /** Istio's names come first in what its sidecars offer; the answer is the common name, as a sidecar would give it. */
    @ParameterizedTest
    @CsvSource({
        "'istio-http/1.1,istio,http/1.1', http/1.1",
        "'istio-h2,istio,h2', h2",
        "'h2,http/1.1', h2",
        "http/1.1, http/1.1",
        "istio-http/1.1, istio-http/1.1",
        "istio-h2, istio-h2",
        "istio, istio",
        "spdy/3, ''"
    })
    void theProtocolsOfIstiosSidecarsAreAnswered(String offered, String chosen) throws Exception {
        try (RawClient client = RawClient.tls(site.tls(), GuardContract.CALLER, offered.split(","))) {
            assertThat(client.alpn()).isEqualTo(chosen);
            if (chosen.endsWith("h2")) {
                // The connection preface, an empty SETTINGS frame; the server's SETTINGS come back.
                client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
                assertThat(client.frameType()).isEqualTo(4);
            } else {
                assertThat(client.send(GuardContract.get("/public/a")).answer().body())
                        .contains("caller=" + GuardContract.PRODUCTPAGE);
            }
        }
    }

    @Test
    void http2OverTlsIsGuardedStreamByStream() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(MeshTls.client(GuardContract.CALLER, AllowedPeers.any()))
                .version(HttpClient.Version.HTTP_2)
                .build();
        everyStreamIsJudged(client, "https://127.0.0.1:" + site.tls().getPort(), "caller=" + GuardContract.PRODUCTPAGE);
    }

    @Test
    void http2ByUpgradeIsGuardedToo() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        everyStreamIsJudged(client, "http://127.0.0.1:" + site.plaintext().getPort(), "caller=anonymous");
    }

    private void everyStreamIsJudged(HttpClient client, String base, String caller) throws Exception {
        HttpResponse<String> first = client.send(
                HttpRequest.newBuilder(URI.create(base + "/admin/first")).build(), BodyHandlers.ofString());
        assertThat(first.statusCode()).isEqualTo(403);
        assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        byte[] body = new byte[300_000];
        for (int i = 0; i < 40; i++) {
            String path = i % 2 == 0 ? "/public/x/../" + i : "/public/../%61dmin/" + i;
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(base + path)).header("x-mesh-timeout-ms", "60000");
            answers.add(client.sendAsync(
                    (i % 4 < 2 ? request.GET() : request.POST(HttpRequest.BodyPublishers.ofByteArray(body))).build(),
                    BodyHandlers.ofString()));
        }
        for (int i = 0; i < 40; i++) {
            HttpResponse<String> answer = answers.get(i).get(60, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(i % 2 == 0 ? 200 : 403);
            if (i % 2 == 0) {
                assertThat(answer.body())
                        .contains("route=public", "path=/public/" + i + " ", caller, "timeout=null", "deadline=true")
                        .contains("body=" + (i % 4 < 2 ? 0 : body.length));
            } else {
                assertThat(answer.body()).isEqualTo("RBAC: access denied");
            }
        }
        Eventually.is(
                "reports", () -> observer.inbound.size() == 41 && mesh.inbound().active() == 0);
        assertThat(observer.inbound).extracting(summary -> summary.status()).containsOnly(200, 403);
        assertThat(handlers.reached).hasSize(20);
    }

    @Test
    void http2WithPriorKnowledgeIsGuardedToo() throws Exception {
        try (Mesh caller = Mesh.builder()
                .service("productpage")
                .ignoreEnvironment()
                .snapshots(SnapshotSource.of(
                        Snapshots.reviews().protocol(Cluster.Protocol.HTTP2).at(site.plaintext())))
                .start()) {
            MeshHttpClient http = MeshHttpClient.of(caller);
            assertThat(http.get("http://reviews:9080/public/a").text()).contains("route=public", "host=reviews:9080");
            assertThat(http.get("http://reviews:9080/admin/a").status()).isEqualTo(403);
            byte[] body = new byte[2_000_000];
            assertThat(http.send(MeshRequest.post("http://reviews:9080/public/a")
                                    .body(body))
                            .text())
                    .contains("body=2000000");
            assertThat(http.send(MeshRequest.post("http://reviews:9080/admin/a").body(body))
                            .status())
                    .isEqualTo(403);
            assertThat(http.get("http://reviews:9080/public/b").status()).isEqualTo(200);
        }
        Eventually.is("reports", () -> mesh.inbound().active() == 0);
    }

    /** As a handler does that passes on what another server says. */
    @Test
    void afterASwitchOfProtocolsNothingIsServedThatNobodyJudges() throws Exception {
        List<String> served = new CopyOnWriteArrayList<>();
        DisposableServer server = mesh.guard(
                        HttpServer.create().host("127.0.0.1").port(0))
                .handle((request, response) -> {
                    served.add(request.uri());
                    return response.status(101).send();
                })
                .bindNow();
        try (RawClient client = RawClient.plaintext((InetSocketAddress) server.address())) {
            assertThat(client.send(GuardContract.get("/public/a")).next().status())
                    .isEqualTo(101);
            client.send(GuardContract.get("/admin/a"));
            String after = client.everything(15_000);
            assertThat(served).containsExactly("/public/a");
            assertThat(after).isEmpty();
        } finally {
            server.disposeNow();
        }
    }

    /** What follows a body must not be taken for another request, which nobody would have judged. */
    @Test
    void trailersAreNoRequest() throws Exception {
        try (RawClient client = RawClient.plaintext(site.plaintext())) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
            client.send(headers(1, 4, "/public/a") + headers(1, 5, "/admin/a") + headers(3, 5, "/public/b"));
            Eventually.is(
                    "the last request",
                    () -> handlers.reached.stream().anyMatch(seen -> seen.path().equals("/public/b")));
        }
        Eventually.is("reports", () -> mesh.inbound().active() == 0);
        assertThat(handlers.reached).noneMatch(seen -> seen.path().startsWith("/admin"));
    }

    /** A HEADERS frame of a GET. */
    private static String headers(int stream, int flags, String path) {
        String block = "\u0082\u0086\u0004" + (char) path.length() + path + "\u0001\u0007reviews";
        return "\0\0" + (char) block.length() + "\u0001" + (char) flags + "\0\0\0" + (char) stream + block;
    }

    @Test
    void aServerThatIsDisposedLeavesTheRegistry() throws Exception {
        try (Mesh declared = Mesh.builder()
                .service("ratings")
                .ignoreEnvironment()
                .port(9081)
                .trust(Trust.of(GuardContract.OWN))
                .snapshots(rules)
                .start()) {
            Site second = new ReactorSite(declared, handlers);
            int bound = second.plaintext().getPort();
            Eventually.is("listening", () -> declared.servicePort(bound) == 9081);
            second.close();
            Eventually.is("stopped", () -> declared.servicePort(bound) == bound);
        }
    }
}
