package dev.weft.http.okhttp;

import dev.weft.Mesh;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** Translates for a wrapped {@link OkHttpClient}. */
record OkHttpSubject(OkHttpClient client, boolean blocking) implements Subject {

    static Subject of(Mesh mesh, boolean blocking) {
        return new OkHttpSubject(mesh.wrap(new OkHttpClient()), blocking);
    }

    static Request request(Ask ask) {
        Request.Builder request = new Request.Builder().url(ask.url()).method(ask.method(), body(ask));
        for (int i = 0; i < ask.headers().size(); i += 2) {
            request.addHeader(ask.headers().get(i), ask.headers().get(i + 1));
        }
        if (ask.expectContinue()) {
            request.header("Expect", "100-continue");
        }
        return request.build();
    }

    private static @Nullable RequestBody body(Ask ask) {
        if (ask.body() != null) {
            return RequestBody.create(ask.body());
        }
        if (ask.stream() != null) {
            return streamed(ask.stream(), ask.once());
        }
        // OkHttp insists on one.
        boolean needsBody = ask.method().startsWith("P");
        return needsBody ? RequestBody.create(new byte[0]) : null;
    }

    static RequestBody streamed(Supplier<InputStream> stream, boolean once) {
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return null;
            }

            @Override
            public boolean isOneShot() {
                return once;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                try (Source source = Okio.source(stream.get())) {
                    sink.writeAll(source);
                }
            }
        };
    }

    @Override
    public Got send(Ask ask) throws Exception {
        return blocking
                ? got(client.newCall(request(ask)).execute())
                : begin(ask).get();
    }

    @Override
    public CompletableFuture<Got> begin(Ask ask) {
        CompletableFuture<Got> got = new CompletableFuture<>();
        Call call = client.newCall(request(ask));
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                got.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                got.complete(got(response));
            }
        });
        got.whenComplete((response, failure) -> {
            if (got.isCancelled()) {
                call.cancel();
            }
        });
        return got;
    }

    static Got got(Response response) {
        Map<String, String> headers = Got.names();
        response.headers().names().forEach(name -> headers.put(name, String.join(",", response.headers(name))));
        return new Got(response.code(), headers, response.body().byteStream(), response.protocol() == Protocol.HTTP_2);
    }
}
