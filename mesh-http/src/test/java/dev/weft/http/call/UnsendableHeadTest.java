package dev.weft.http.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.config.RetryOn;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import feign.Client;
import feign.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A field that cannot be sent, as applications make them of what strangers write, is its caller's mistake. If hosts were blamed for it,
 * anybody could get them ejected.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UnsendableHeadTest {
    private static final String NAME = "x-user";

    private final TestServer server = TestServer.start("v1", false);
    private final RecordingObserver observer = new RecordingObserver();
    private final Mesh mesh = Mesh.builder()
            .service("productpage")
            .ignoreEnvironment()
            .observer(observer)
            .snapshots(SnapshotSource.of(
                    Snapshots.reviews().retry(2, null, RetryOn.CONNECT_FAILURE).at(server.address())))
            .start();

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    private void refuses(Runnable call) {
        assertThatThrownBy(call::run).hasStackTraceContaining("value of header " + NAME);
        blamesNobody();
    }

    private void blamesNobody() {
        assertThat(observer.attempts).isEmpty();
        assertThat(observer.begun).hasValue(0);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u5f20", "a\r\nx-admin: yes", "a\u0000b"})
    void springsBlockingClientRefusesItAndNoHostIsBlamed(String value) {
        RestClient client = mesh.wrap(RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .build());
        refuses(() -> client.get()
                .uri("http://reviews:9080/echo")
                .header(NAME, value)
                .retrieve()
                .toBodilessEntity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u5f20", "a\r\nx-admin: yes"})
    void springsReactiveClientRefusesItAndNoHostIsBlamed(String value) {
        WebClient client = mesh.wrap(WebClient.builder()
                .clientConnector(new JdkClientHttpConnector())
                .build());
        refuses(() -> client.get()
                .uri("http://reviews:9080/echo")
                .header(NAME, value)
                .retrieve()
                .toBodilessEntity()
                .block());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u5f20", "a\r\nx-admin: yes"})
    void feignRefusesItAndNoHostIsBlamed(String value) {
        Client client = mesh.wrap((Client) new Client.Default(null, null));
        Request request = Request.create(
                Request.HttpMethod.GET, "http://reviews:9080/echo", Map.of(NAME, List.of(value)), null, null, null);
        refuses(() -> {
            try {
                client.execute(request, new Request.Options()).close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void reactorNettysClientRefusesItAndNoHostIsBlamed() {
        reactor.netty.http.client.HttpClient client =
                mesh.wrap(reactor.netty.http.client.HttpClient.create()).headers(fields -> fields.set(NAME, "\u5f20"));
        refuses(() -> client.get().uri("http://reviews:9080/echo").response().block());
    }

    @Test
    void jettysClientRefusesItAndNoHostIsBlamed() throws Exception {
        org.eclipse.jetty.client.HttpClient client = mesh.wrap(new org.eclipse.jetty.client.HttpClient());
        client.start();
        try {
            refuses(() -> {
                try {
                    client.newRequest("http://reviews:9080/echo")
                            .headers(fields -> fields.put(NAME, "\u5f20"))
                            .send();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        } finally {
            client.stop();
        }
    }

    @Test
    void apachesClientsRefuseItAndNoHostIsBlamed() throws Exception {
        try (CloseableHttpClient classic = mesh.wrap(HttpClients.custom()).build();
                CloseableHttpAsyncClient later =
                        mesh.wrap(HttpAsyncClients.custom()).build()) {
            later.start();
            refuses(() -> {
                HttpGet get = new HttpGet("http://reviews:9080/echo");
                get.setHeader(NAME, "\u5f20");
                try {
                    classic.execute(get, response -> null);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            refuses(() -> {
                SimpleHttpRequest get = SimpleRequestBuilder.get("http://reviews:9080/echo")
                        .setHeader(NAME, "\u5f20")
                        .build();
                try {
                    later.execute(get, null).get();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    @Test
    void okHttpRefusesItAndNoHostIsBlamed() {
        OkHttpClient client = mesh.wrap(new OkHttpClient());
        okhttp3.Request request = new okhttp3.Request.Builder()
                .url("http://reviews:9080/echo")
                .headers(new okhttp3.Headers.Builder()
                        .addUnsafeNonAscii(NAME, "\u5f20")
                        .build())
                .build();
        refuses(() -> {
            try (Response response = client.newCall(request).execute()) {
                throw new AssertionError(response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
