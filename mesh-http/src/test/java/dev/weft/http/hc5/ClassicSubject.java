package dev.weft.http.hc5;

import dev.weft.Mesh;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Subject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;

/** Translates for a classic client made by a wrapped builder. */
record ClassicSubject(CloseableHttpClient client) implements Subject {

    static Subject of(Mesh mesh) {
        return new ClassicSubject(mesh.wrap(HttpClients.custom()).build());
    }

    private static HttpUriRequestBase request(Ask ask) {
        HttpUriRequestBase request = new HttpUriRequestBase(ask.method(), java.net.URI.create(ask.url()));
        for (int i = 0; i < ask.headers().size(); i += 2) {
            request.addHeader(ask.headers().get(i), ask.headers().get(i + 1));
        }
        request.setEntity(entity(ask));
        RequestConfig.Builder config = RequestConfig.custom().setExpectContinueEnabled(ask.expectContinue());
        if (ask.timeout() != null) {
            config.setResponseTimeout(Timeout.of(ask.timeout()));
        }
        request.setConfig(config.build());
        return request;
    }

    private static HttpEntity entity(Ask ask) {
        if (ask.body() != null) {
            return new ByteArrayEntity(ask.body(), null);
        }
        if (ask.stream() == null) {
            return null;
        }
        return ask.once()
                ? new InputStreamEntity(ask.stream().get(), ContentType.APPLICATION_OCTET_STREAM)
                : new EntityTemplate(-1, ContentType.APPLICATION_OCTET_STREAM, null, out -> {
                    try (InputStream in = ask.stream().get()) {
                        in.transferTo(out);
                    }
                });
    }

    @Override
    public Got send(Ask ask) throws Exception {
        return got(client.executeOpen(null, request(ask), null));
    }

    @Override
    public CompletableFuture<Got> begin(Ask ask) {
        HttpUriRequestBase request = request(ask);
        CompletableFuture<Got> got = new CompletableFuture<>();
        got.whenComplete((response, failure) -> {
            if (got.isCancelled()) {
                request.abort();
            }
        });
        Thread thread = new Thread(
                () -> {
                    try {
                        got.complete(got(client.executeOpen(null, request, null)));
                    } catch (Exception e) {
                        got.completeExceptionally(e);
                    }
                },
                "caller");
        thread.setDaemon(true);
        thread.start();
        return got;
    }

    private static Got got(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = Got.names();
        for (var field : response.getHeaders()) {
            headers.merge(field.getName(), field.getValue(), (a, b) -> a + "," + b);
        }
        HttpEntity entity = response.getEntity();
        InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        InputStream closing = new FilterInputStream(body) {
            @Override
            public void close() throws IOException {
                response.close();
            }
        };
        return new Got(response.getCode(), headers, closing, HttpVersion.HTTP_2.equals(response.getVersion()));
    }
}
