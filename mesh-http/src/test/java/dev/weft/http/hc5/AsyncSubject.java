package dev.weft.http.hc5;

import dev.weft.Mesh;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Subject;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.util.Timeout;

/** Translates for an asynchronous client made by a wrapped builder. */
record AsyncSubject(CloseableHttpAsyncClient client) implements Subject {

    static Subject of(Mesh mesh) {
        CloseableHttpAsyncClient client = mesh.wrap(HttpAsyncClients.custom()).build();
        client.start();
        return new AsyncSubject(client);
    }

    private static AsyncEntityProducer body(Ask ask) {
        if (ask.body() != null) {
            return new BasicAsyncEntityProducer(ask.body(), null);
        }
        if (ask.stream() == null) {
            return null;
        }
        return new StreamProducer(ask.stream());
    }

    @Override
    public Got send(Ask ask) throws Exception {
        try {
            return begin(ask).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public CompletableFuture<Got> begin(Ask ask) {
        BasicHttpRequest request = new BasicHttpRequest(ask.method(), URI.create(ask.url()));
        for (int i = 0; i < ask.headers().size(); i += 2) {
            request.addHeader(ask.headers().get(i), ask.headers().get(i + 1));
        }
        RequestConfig.Builder config = RequestConfig.custom().setExpectContinueEnabled(ask.expectContinue());
        if (ask.timeout() != null) {
            config.setResponseTimeout(Timeout.of(ask.timeout()));
        }
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(config.build());
        CompletableFuture<Got> got = new CompletableFuture<>();
        Future<Got> future = client.execute(
                new BasicRequestProducer(request, body(ask)), new StreamingConsumer(), context, new FutureCallback<>() {
                    @Override
                    public void completed(Got response) {
                        // Whoever hears of it reads the body, which needs the thread that tells.
                        got.completeAsync(() -> response);
                    }

                    @Override
                    public void failed(Exception cause) {
                        got.completeExceptionally(cause);
                    }

                    @Override
                    public void cancelled() {
                        got.cancel(false);
                    }
                });
        got.whenComplete((response, failure) -> {
            if (got.isCancelled()) {
                future.cancel(true);
            }
        });
        return got;
    }
}
