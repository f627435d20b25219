package dev.weft.http.hc5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.junit.jupiter.api.Test;

final class WrappedHc5AsyncTest extends Hc5Contract {

    private record AsyncClient(CloseableHttpAsyncClient http, PoolingAsyncClientConnectionManager pool)
            implements Client {

        @Override
        public Reply call(String method, String url, String body, HttpClientContext context) throws Exception {
            SimpleHttpRequest request =
                    SimpleRequestBuilder.create(method).setUri(url).build();
            if (body != null) {
                request.setBody(body, ContentType.TEXT_PLAIN);
            }
            try {
                SimpleHttpResponse response =
                        http.execute(request, context, null).get();
                Map<String, String> headers = new HashMap<>();
                for (var field : response.getHeaders()) {
                    headers.put(field.getName(), field.getValue());
                }
                String text = response.getBodyText();
                return new Reply(response.getCode(), headers, text == null ? "" : text);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
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
        PoolingAsyncClientConnectionManager pool = new PoolingAsyncClientConnectionManager();
        HttpAsyncClientBuilder builder = mesh.wrap(HttpAsyncClients.custom())
                .setConnectionManager(pool)
                .setRetryStrategy(settings.retries)
                .setDefaultCredentialsProvider(settings.credentials)
                .addRequestInterceptorLast(settings.request)
                .addResponseInterceptorFirst(settings.response)
                .setProxy(settings.proxy);
        if (settings.withoutRetries) {
            builder.disableAutomaticRetries();
        }
        CloseableHttpAsyncClient http = builder.build();
        http.start();
        return new AsyncClient(http, pool);
    }

    @Test
    void aClientForHttp2OnlyIsWrappedToo() throws Exception {
        Mesh mesh = mesh(SnapshotSource.of(Snapshots.reviews().at(server.address())));
        try (TestServer h2c = TestServer.start("h2c", true);
                CloseableHttpAsyncClient http =
                        mesh.wrap(H2AsyncClientBuilder.create()).build()) {
            http.start();
            SimpleHttpRequest ours = SimpleRequestBuilder.get(REVIEWS + "/echo").build();
            SimpleHttpRequest others = SimpleRequestBuilder.get(
                            "http://localhost:" + h2c.address().getPort() + "/echo")
                    .build();

            assertThat(http.execute(ours, null).get().getBodyText()).contains("server: v1\n");
            assertThat(http.execute(others, null).get().getBodyText()).contains("server: h2c\n");
        }
    }

    @Test
    void aBuiltClientIsRefusedWithWhatToWriteInstead() throws IOException {
        Mesh mesh = mesh(SnapshotSource.of(Snapshots.reviews().at(server.address())));
        try (CloseableHttpAsyncClient built = HttpAsyncClients.createDefault()) {
            assertThatThrownBy(() -> mesh.wrap(built))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mesh.wrap(HttpAsyncClients.custom())");
        }
    }
}
