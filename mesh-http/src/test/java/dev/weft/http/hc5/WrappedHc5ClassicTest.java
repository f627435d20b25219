package dev.weft.http.hc5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Test;

final class WrappedHc5ClassicTest extends Hc5Contract {

    private record ClassicClient(CloseableHttpClient http, PoolingHttpClientConnectionManager pool) implements Client {

        @Override
        public Reply call(String method, String url, String body, HttpClientContext context) throws IOException {
            HttpUriRequestBase request = new HttpUriRequestBase(method, java.net.URI.create(url));
            if (body != null) {
                request.setEntity(new StringEntity(body));
            }
            return http.execute(request, context, response -> {
                Map<String, String> headers = new HashMap<>();
                for (var field : response.getHeaders()) {
                    headers.put(field.getName(), field.getValue());
                }
                return new Reply(response.getCode(), headers, EntityUtils.toString(response.getEntity()));
            });
        }

        @Override
        public int leased() {
            return pool.getTotalStats().getLeased();
        }

        @Override
        public int connections() {
            return leased() + pool.getTotalStats().getAvailable();
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }

    @Override
    Client client(Mesh mesh, Settings settings) {
        PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
        HttpClientBuilder builder = mesh.wrap(HttpClients.custom())
                .setConnectionManager(pool)
                .setRetryStrategy(settings.retries)
                .setDefaultCredentialsProvider(settings.credentials)
                .addRequestInterceptorLast(settings.request)
                .addResponseInterceptorFirst(settings.response)
                .setProxy(settings.proxy);
        if (settings.withoutRetries) {
            builder.disableAutomaticRetries();
        }
        return new ClassicClient(builder.build(), pool);
    }

    private Mesh mesh() {
        return mesh(SnapshotSource.of(Snapshots.reviews().at(server.address())));
    }

    @Test
    void theBuilderItselfIsHandedBackWhateverItsClass() {
        HttpClientBuilder own = new HttpClientBuilder() {};
        Mesh mesh = mesh();

        assertThat(mesh.wrap(own)).isSameAs(own);
        assertThat(mesh.wrap(own)).isSameAs(own);
    }

    @Test
    void aBuiltClientIsRefusedWithWhatToWriteInstead() throws IOException {
        try (CloseableHttpClient built = HttpClients.createDefault()) {
            Mesh mesh = mesh();
            assertThatThrownBy(() -> mesh.wrap(built))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mesh.wrap(HttpClients.custom())");
        }
    }

    @Test
    void aBuilderWrappedAgainBelongsToTheLaterMesh() throws Exception {
        try (Mesh earlier = Mesh.builder()
                        .service("x")
                        .ignoreEnvironment()
                        .snapshots(SnapshotSource.of(Snapshots.reviews().at(outside.address())))
                        .start();
                CloseableHttpClient http =
                        mesh().wrap(earlier.wrap(HttpClients.custom())).build()) {
            String echo = http.execute(
                    new HttpGet(REVIEWS + "/echo"), response -> EntityUtils.toString(response.getEntity()));

            assertThat(echo).contains("server: v1\n");
            observer.awaitCalls(1);
        }
    }

    @Test
    void handlersBehindRetrySeeAnswersAndNotHowTheyPassIt() throws Exception {
        HttpClientBuilder builder = mesh().wrap(HttpClients.custom());
        builder.addExecInterceptorAfter(ChainElement.RETRY.name(), "mine", (request, scope, chain) -> {
            ClassicHttpResponse response = chain.proceed(request, scope);
            response.addHeader("x-seen", response.getCode());
            return response;
        });
        try (CloseableHttpClient http = builder.build()) {
            HttpGet get = new HttpGet(REVIEWS + "/status/503");
            assertThat(http.<String>execute(
                            get, response -> response.getFirstHeader("x-seen").getValue()))
                    .isEqualTo("503");
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anAbortEndsAResponseThatIsBeingRead() throws Exception {
        try (CloseableHttpClient http = mesh().wrap(HttpClients.custom()).build()) {
            HttpGet get = new HttpGet(REVIEWS + "/stall");
            InputStream body = http.executeOpen(null, get, null).getEntity().getContent();
            assertThat(body.readNBytes(4)).asString().isEqualTo("part");

            get.abort();

            assertThatThrownBy(body::read).isInstanceOf(IOException.class);
            Eventually.is("attempt closed at the server", () -> server.abandoned() == 1);
        }
    }

    @Test
    void whoWaitsIsThrownOutByAnAbort() throws Exception {
        try (CloseableHttpClient http = mesh().wrap(HttpClients.custom()).build()) {
            HttpGet get = new HttpGet(REVIEWS + "/never");
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            thrown.complete(new AssertionError("answered: " + http.executeOpen(null, get, null)));
                        } catch (IOException e) {
                            thrown.complete(e);
                        }
                    })
                    .start();
            Eventually.is("request arrived", () -> server.running() == 1);

            get.abort();

            assertThat(thrown.get()).isInstanceOf(IOException.class).hasMessage("Request aborted");
            Eventually.is("attempt closed at the server", () -> server.abandoned() == 1);
        }
    }
}
