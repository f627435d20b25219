package dev.weft.http.jdk;

import dev.weft.Mesh;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Subject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Translates for a wrapped {@link HttpClient}. */
record JdkSubject(HttpClient client, boolean blocking) implements Subject {

    static Subject of(Mesh mesh, boolean blocking) {
        return new JdkSubject(mesh.wrap(HttpClient.newHttpClient()), blocking);
    }

    static HttpRequest request(Ask ask) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ask.url()))
                .method(ask.method(), body(ask))
                .expectContinue(ask.expectContinue());
        for (int i = 0; i < ask.headers().size(); i += 2) {
            request.header(ask.headers().get(i), ask.headers().get(i + 1));
        }
        if (ask.timeout() != null) {
            request.timeout(ask.timeout());
        }
        return request.build();
    }

    private static BodyPublisher body(Ask ask) {
        if (ask.body() != null) {
            return BodyPublishers.ofByteArray(ask.body());
        }
        return ask.stream() == null ? BodyPublishers.noBody() : BodyPublishers.ofInputStream(ask.stream());
    }

    @Override
    public Got send(Ask ask) throws Exception {
        return blocking
                ? got(client.send(request(ask), BodyHandlers.ofInputStream()))
                : begin(ask).get();
    }

    @Override
    public CompletableFuture<Got> begin(Ask ask) {
        CompletableFuture<HttpResponse<InputStream>> future =
                client.sendAsync(request(ask), BodyHandlers.ofInputStream());
        CompletableFuture<Got> got = future.thenApply(JdkSubject::got);
        got.whenComplete((response, failure) -> {
            if (got.isCancelled()) {
                future.cancel(true);
            }
        });
        return got;
    }

    private static Got got(HttpResponse<InputStream> response) {
        Map<String, String> headers = Got.names();
        response.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
        return new Got(
                response.statusCode(), headers, response.body(), response.version() == HttpClient.Version.HTTP_2);
    }
}
