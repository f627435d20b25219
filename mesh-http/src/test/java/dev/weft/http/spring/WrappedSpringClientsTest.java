package dev.weft.http.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.config.RetryOn;
import dev.weft.config.SnapshotSource;
import dev.weft.engine.CallDefaults;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.request.Hints;
import dev.weft.request.LocalReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** What Spring's own clients promise, kept on the mesh. */
@Timeout(60)
final class WrappedSpringClientsTest {
    private static final String REVIEWS = "http://reviews:9080";

    private final TestServer server = TestServer.start("v1", false);
    private final RecordingObserver observer = new RecordingObserver();
    private final Mesh mesh = mesh(Snapshots.reviews().retry(2, null, RetryOn.SERVER_ERROR));

    private Mesh mesh(Snapshots snapshots) {
        return Mesh.builder()
                .service("productpage")
                .ignoreEnvironment()
                .observer(observer)
                .snapshots(SnapshotSource.of(snapshots.at(server.address())))
                .start();
    }

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    /** A user's factory that must not be asked. */
    private static final ClientHttpRequestFactory UNTOUCHED = (uri, method) -> {
        throw new IOException("outside: " + uri);
    };

    private RestClient client() {
        return mesh.wrap(
                RestClient.builder().baseUrl(REVIEWS).requestFactory(UNTOUCHED).build());
    }

    @Test
    void wrappingTwiceGivesTheSameAndAnotherMeshRewraps() {
        RestClient own = RestClient.builder().requestFactory(UNTOUCHED).build();
        RestClient client = mesh.wrap(own);
        assertThat(mesh.wrap(client)).isSameAs(client);
        ClientHttpRequestFactory factory = mesh.wrap(UNTOUCHED);
        assertThat(mesh.wrap(factory)).isSameAs(factory);
        RestTemplate template = new RestTemplate(UNTOUCHED);
        assertThat(mesh.wrap(template)).isSameAs(template);
        try (Mesh other = mesh(Snapshots.reviews())) {
            MeshClientHttpRequestFactory rewrapped = (MeshClientHttpRequestFactory) other.wrap(factory);
            assertThat(rewrapped).isNotSameAs(factory);
            assertThat(rewrapped.outside()).isSameAs(UNTOUCHED);
        }
    }

    @Test
    void otherHostsReachTheUsersOwnFactory() {
        assertThatThrownBy(() ->
                        client().get().uri("http://elsewhere/x").retrieve().toBodilessEntity())
                .isInstanceOf(ResourceAccessException.class)
                .hasRootCauseMessage("outside: http://elsewhere/x");
        assertThat(observer.calls).isEmpty();
    }

    @Test
    void aFactoryClassOfTheUsersIsRefusedRatherThanFailingACast() {
        assertThatThrownBy(() -> mesh.wrap(new UsersFactory()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UsersFactory");
    }

    /** Public, so that it could be the type of a variable. */
    public static final class UsersFactory extends SimpleClientHttpRequestFactory {}

    @Test
    void aFactoryThatIsGivenLaterIsOnTheMeshToo() {
        RestClient.Builder builder = mesh.wrap(RestClient.builder()).baseUrl(REVIEWS);
        RestClient client = builder.clone()
                .apply(self -> self.requestFactory(UNTOUCHED))
                .defaultHeader("end-user", "jason")
                .build();

        assertThat(client.get().uri("/echo").retrieve().body(String.class)).contains("end-user: jason");
    }

    @Test
    void interceptorsInitializersAndBuffersWorkAboveTheMesh() {
        RestTemplate template = new RestTemplate(new BufferingClientHttpRequestFactory(UNTOUCHED));
        template.getInterceptors().add((request, body, execution) -> {
            request.getHeaders().set("end-user", "jason");
            var response = execution.execute(request, body);
            assertThat(new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("end-user: jason");
            return response;
        });
        template.getClientHttpRequestInitializers()
                .add(request -> request.getHeaders().set("tenant", "t1"));

        // Read once by the interceptor and again by the converter: only a buffered response can be.
        assertThat(mesh.wrap(template).getForObject(REVIEWS + "/echo", String.class))
                .contains("tenant: t1");
    }

    @Test
    void theStatusHandlingOfRestClientSeesTheMeshesOwnAnswers() {
        server.close();
        assertThatThrownBy(() -> client().get().uri("/echo").retrieve().toBodilessEntity())
                .isInstanceOfSatisfying(HttpServerErrorException.ServiceUnavailable.class, refused -> {
                    assertThat(refused.getStatusText()).isEqualTo("Service Unavailable");
                    assertThat(LocalReply.in(
                                    name -> refused.getResponseHeaders().getFirst(name)))
                            .isPresent();
                });
    }

    @Test
    void hintsRideAsAttributes() {
        assertThatThrownBy(() -> client().get()
                        .uri("/never")
                        .attributes(Hints.within(Duration.ofMillis(100)))
                        .retrieve()
                        .toBodilessEntity())
                .isInstanceOf(HttpServerErrorException.GatewayTimeout.class);
    }

    @Test
    void whatAClientDeclaresForItselfRidesAsAnAttribute() {
        CallDefaults declared = new CallDefaults(Duration.ofMillis(100), null, false, "@MeshClient Reviews");
        assertThatThrownBy(() -> client().get()
                        .uri("/never")
                        .attribute(CallDefaults.KEY, declared)
                        .retrieve()
                        .toBodilessEntity())
                .isInstanceOf(HttpServerErrorException.GatewayTimeout.class);
    }

    @Test
    void aTemplatesInitializersMaySetHints() {
        RestTemplate template = mesh.wrap(new RestTemplate(UNTOUCHED));
        template.getClientHttpRequestInitializers()
                .add(request -> Hints.within(Duration.ofMillis(100)).accept(request.getAttributes()));
        assertThatThrownBy(() -> template.getForObject(REVIEWS + "/never", String.class))
                .isInstanceOf(HttpServerErrorException.GatewayTimeout.class);

        template.getInterceptors().add((request, body, execution) -> execution.execute(request, body));
        assertThatThrownBy(() -> template.getForObject(REVIEWS + "/never", String.class))
                .isInstanceOf(HttpServerErrorException.GatewayTimeout.class);
    }

    @Test
    void hintsOfTheThreadCountWhereThereAreNone() throws Exception {
        Hints hints = Hints.NONE.withoutRetry();
        HttpStatus status = (HttpStatus) hints.call(
                () -> client().get().uri("/status/503").exchange((request, response) -> response.getStatusCode()));

        assertThat(status).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void whatConvertersWriteIsSentAgainWhenARetryNeedsIt() {
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add("text", "x".repeat(300_000));
        parts.add("file", new ByteArrayResource(new byte[] {'a'}));
        int sent = 0;
        for (Object body : new Object[] {"text", new byte[] {'b'}, new ByteArrayResource(new byte[600_000]), parts}) {
            ResponseEntity<Void> answer = client().post()
                    .uri("/status/503")
                    .body(body)
                    .retrieve()
                    .onStatus(status -> true, (request, response) -> {})
                    .toBodilessEntity();
            assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
            sent += 3;
            assertThat(server.requests()).as("%s", body.getClass()).hasSize(sent);
        }
    }

    @Test
    void aStreamIsSentOnce() {
        client().post()
                .uri("/status/503")
                .body(new InputStreamResource(new ByteArrayInputStream(new byte[100])))
                .exchange((request, response) -> response.getStatusCode());

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void largeFormsStreamWithoutALength() {
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add("file", new ByteArrayResource(new byte[2_000_000]));
        String echo = client().post().uri("/count").body(parts).retrieve().body(String.class);

        assertThat(Integer.parseInt(echo)).isGreaterThan(2_000_000);
    }

    @Test
    void theFactorysOwnReadTimeoutIsThrownAndEndsTheAttempt() {
        SimpleClientHttpRequestFactory silence = new SimpleClientHttpRequestFactory();
        silence.setReadTimeout(Duration.ofMillis(300));
        JdkClientHttpRequestFactory whole = new JdkClientHttpRequestFactory();
        whole.setReadTimeout(Duration.ofMillis(300));
        for (ClientHttpRequestFactory own : new ClientHttpRequestFactory[] {silence, whole}) {
            RestClient client = mesh.wrap(
                    RestClient.builder().requestFactory(own).baseUrl(REVIEWS).build());
            assertThatThrownBy(() -> client.get().uri("/never").retrieve().toBodilessEntity())
                    .isInstanceOf(ResourceAccessException.class)
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> client.get().uri("/stall").retrieve().body(String.class))
                    .hasRootCauseInstanceOf(IOException.class);
            Eventually.is("attempts closed at the server", () -> server.running() == 0);
        }
    }

    @Test
    void aReadTimeoutThatFactoriesKeepToThemselvesIsFound() {
        SimpleClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
        assertThat(FactorySettings.of(simple, KnownSettings.NONE).silence()).isNull();
        simple.setReadTimeout(70);
        assertThat(FactorySettings.of(simple, KnownSettings.NONE).silence()).isEqualTo(Duration.ofMillis(70));
        JdkClientHttpRequestFactory jdk = new JdkClientHttpRequestFactory();
        assertThat(FactorySettings.of(jdk, KnownSettings.NONE).silence()).isNull();
        jdk.setReadTimeout(Duration.ofSeconds(3));
        assertThat(FactorySettings.of(jdk, KnownSettings.NONE).limit()).isEqualTo(Duration.ofSeconds(3));
        assertThat(FactorySettings.of(jdk, KnownSettings.NONE).silence()).isNull();
        var hc5 = new org.springframework.http.client.HttpComponentsClientHttpRequestFactory();
        hc5.setReadTimeout(Duration.ofSeconds(4));
        assertThat(FactorySettings.of(hc5, KnownSettings.NONE).silence()).isEqualTo(Duration.ofSeconds(4));
        var jetty = new org.springframework.http.client.JettyClientHttpRequestFactory();
        jetty.setReadTimeout(Duration.ofSeconds(5));
        assertThat(FactorySettings.of(jetty, KnownSettings.NONE).limit()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void responsesThatNobodyReadLeaveTheirConnectionForTheNextCall() {
        RestClient client = client();
        for (int i = 0; i < 5; i++) {
            client.get().uri("/echo").retrieve().toBodilessEntity();
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void anInterruptEndsTheAttemptAndIsKept() {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                client().get().uri("/never").retrieve().toBodilessEntity();
                thrown.complete(null);
            } catch (Throwable e) {
                thrown.complete(Thread.currentThread().isInterrupted() ? e : null);
            }
        });
        thread.start();
        Eventually.is("request arrived", () -> server.running() == 1);
        thread.interrupt();

        assertThat(thrown.join())
                .isInstanceOf(ResourceAccessException.class)
                .hasCauseInstanceOf(InterruptedIOException.class);
        Eventually.is("attempt closed at the server", () -> server.abandoned() == 1);
    }

    @Test
    void aClientMayBeBuiltBeforeItsMesh() throws IOException {
        Mesh[] late = new Mesh[1];
        ClientHttpRequestFactory factory = MeshClientHttpRequestFactory.of(() -> late[0], UNTOUCHED);
        URI uri = URI.create(REVIEWS + "/echo");
        assertThatThrownBy(() -> factory.createRequest(uri, HttpMethod.GET)).hasMessageContaining("outside");
        late[0] = mesh;
        try (var response = factory.createRequest(uri, HttpMethod.GET).execute()) {
            assertThat(response.getStatusCode()).isEqualTo(HttpStatus.OK);
        }
    }

    @Test
    void attributesOfOthersAreNotTheMeshesBusiness() {
        assertThat(client().get()
                        .uri("/echo")
                        .attributes(all -> all.putAll(Map.of(Hints.KEY, "not hints", "mine", 1)))
                        .retrieve()
                        .body(String.class))
                .startsWith("GET /echo");
    }
}
