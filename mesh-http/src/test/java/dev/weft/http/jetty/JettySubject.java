package dev.weft.http.jetty;

import dev.weft.Mesh;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.Callback;

/** Translates for Jetty's {@link HttpClient}. */
record JettySubject(HttpClient client) implements Subject {

    static Subject of(Mesh mesh) {
        HttpClient client = mesh.wrap(new HttpClient());
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return new JettySubject(client);
    }

    private Request request(Ask ask) {
        Request request = client.newRequest(ask.url()).method(ask.method());
        request.headers(headers -> {
            for (int i = 0; i < ask.headers().size(); i += 2) {
                headers.add(ask.headers().get(i), ask.headers().get(i + 1));
            }
            if (ask.expectContinue()) {
                headers.put("Expect", "100-continue");
            }
        });
        if (ask.timeout() != null) {
            request.timeout(ask.timeout().toNanos(), TimeUnit.NANOSECONDS);
        }
        if (ask.body() != null) {
            request.body(new BytesRequestContent(ask.body()));
        } else if (ask.stream() != null) {
            request.body(streaming(ask.stream().get()));
        }
        return request;
    }

    /** Jetty sends a head with the first bytes of a body, so the first one must not wait for others. */
    private AsyncRequestContent streaming(InputStream in) {
        AsyncRequestContent content = new AsyncRequestContent();
        client.getExecutor().execute(() -> {
            try (in) {
                int first = in.read();
                byte[] part = first < 0 ? new byte[0] : new byte[] {(byte) first};
                while (part.length > 0) {
                    Callback.Completable taken = new Callback.Completable();
                    content.write(false, ByteBuffer.wrap(part), taken);
                    taken.join();
                    part = in.readNBytes(16 * 1024);
                }
                content.close();
            } catch (IOException | CompletionException e) {
                content.fail(e);
            }
        });
        return content;
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
        CompletableFuture<Got> future = new CompletableFuture<>();
        Request request = request(ask);
        InputStreamResponseListener listener = new InputStreamResponseListener() {
            @Override
            public void onHeaders(Response response) {
                super.onHeaders(response);
                future.completeAsync(() -> got(response, getInputStream()), client.getExecutor());
            }

            @Override
            public void onFailure(Response response, Throwable failure) {
                super.onFailure(response, failure);
                future.completeExceptionally(failure);
            }
        };
        request.send(listener);
        future.whenComplete((got, failure) -> {
            if (future.isCancelled()) {
                request.abort(new IOException("cancelled"));
            }
        });
        return future;
    }

    private static Got got(Response response, InputStream body) {
        Map<String, String> headers = Got.names();
        response.getHeaders().forEach(field -> headers.merge(field.getName(), field.getValue(), (a, b) -> a + "," + b));
        return new Got(response.getStatus(), headers, body, response.getVersion() == HttpVersion.HTTP_2);
    }
}
