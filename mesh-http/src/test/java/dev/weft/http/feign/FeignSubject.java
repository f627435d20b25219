package dev.weft.http.feign;

import dev.weft.Mesh;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Subject;
import feign.AsyncClient;
import feign.Client;
import feign.Request;
import feign.Request.HttpMethod;
import feign.Request.ProtocolVersion;
import feign.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Translates for Feign's clients. A blocking one that is begun runs on a thread of its own, and is given up by an interrupt. */
record FeignSubject(AsyncClient<Object> client, @Nullable Client blocking) implements Subject {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "feign-subject");
        thread.setDaemon(true);
        return thread;
    });

    static Subject blocking(Mesh mesh) {
        Client client = mesh.wrap(new Client.Default(null, null));
        return new FeignSubject(new AsyncClient.Default<>(client, THREADS), client);
    }

    static Subject async(Mesh mesh) {
        AsyncClient<Object> outside = new AsyncClient.Default<>(new Client.Default(null, null), THREADS);
        AsyncClient<Object> own = outside::execute;
        return new FeignSubject(mesh.wrap(own), null);
    }

    static Request request(Ask ask) throws IOException {
        Map<String, Collection<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < ask.headers().size(); i += 2) {
            headers.put(ask.headers().get(i), List.of(ask.headers().get(i + 1)));
        }
        if (ask.expectContinue()) {
            headers.put("Expect", List.of("100-continue"));
        }
        byte[] body = ask.body();
        if (ask.stream() != null) {
            try (InputStream stream = ask.stream().get()) {
                body = stream.readAllBytes();
            }
        }
        return Request.create(HttpMethod.valueOf(ask.method()), ask.url(), headers, body, null, null);
    }

    @Override
    public Got send(Ask ask) throws Exception {
        Request request = request(ask);
        return blocking == null ? begin(ask).get() : got(blocking.execute(request, new Request.Options()));
    }

    @Override
    public CompletableFuture<Got> begin(Ask ask) {
        CompletableFuture<Response> future;
        try {
            future = client.execute(request(ask), new Request.Options(), Optional.empty());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Got> got = future.thenApply(FeignSubject::got);
        got.whenComplete((response, failure) -> {
            if (got.isCancelled()) {
                future.cancel(true);
            }
        });
        return got;
    }

    private static Got got(Response response) {
        Map<String, String> headers = Got.names();
        response.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
        try {
            return new Got(
                    response.status(),
                    headers,
                    response.body().asInputStream(),
                    response.protocolVersion() == ProtocolVersion.HTTP_2);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
