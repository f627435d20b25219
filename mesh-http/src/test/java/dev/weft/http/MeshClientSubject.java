package dev.weft.http;

import dev.weft.Mesh;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Subject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Translates for {@link MeshHttpClient}. */
record MeshClientSubject(MeshHttpClient client, boolean blocking) implements Subject {

    static Subject of(Mesh mesh, boolean blocking) {
        return new MeshClientSubject(MeshHttpClient.of(mesh), blocking);
    }

    static MeshRequest request(Ask ask) {
        MeshRequest request = MeshRequest.of(ask.method(), ask.url());
        for (int i = 0; i < ask.headers().size(); i += 2) {
            request = request.header(ask.headers().get(i), ask.headers().get(i + 1));
        }
        if (ask.body() != null) {
            return request.body(ask.body());
        }
        if (ask.stream() == null) {
            return request;
        }
        return ask.once() ? request.bodyOnce(ask.stream().get()) : request.body(ask.stream());
    }

    @Override
    public Got send(Ask ask) throws Exception {
        return blocking ? got(client.send(request(ask))) : begin(ask).get();
    }

    @Override
    public CompletableFuture<Got> begin(Ask ask) {
        CompletableFuture<MeshResponse> future = client.sendAsync(request(ask));
        CompletableFuture<Got> got = future.thenApply(MeshClientSubject::got);
        got.whenComplete((response, failure) -> {
            if (got.isCancelled()) {
                future.cancel(true);
            }
        });
        return got;
    }

    private static Got got(MeshResponse response) {
        Map<String, String> headers = Got.names();
        response.headers().forEach(headers::put);
        return new Got(response.status(), headers, response.stream(), response.overHttp2());
    }
}
