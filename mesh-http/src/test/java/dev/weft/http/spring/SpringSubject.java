package dev.weft.http.spring;

import dev.weft.Mesh;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/** Translates for a wrapped {@link RestClient}. */
record SpringSubject(RestClient client) implements Subject {

    static Subject of(Mesh mesh) {
        return new SpringSubject(mesh.wrap(RestClient.create()));
    }

    @Override
    public Got send(Ask ask) {
        RestClient.RequestBodySpec request =
                client.method(HttpMethod.valueOf(ask.method())).uri(URI.create(ask.url()));
        for (int i = 0; i < ask.headers().size(); i += 2) {
            request.header(ask.headers().get(i), ask.headers().get(i + 1));
        }
        if (ask.expectContinue()) {
            request.header("Expect", "100-continue");
        }
        if (ask.body() != null) {
            request.body(ask.body());
        } else if (ask.stream() != null) {
            request.body(new Streaming(ask));
        }
        return request.exchange((sent, response) -> got(response), false);
    }

    /** As an interceptor of a user's, or Spring's own converter of resources, gives a body. */
    private record Streaming(Ask ask) implements StreamingHttpOutputMessage.Body {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            if (ask.stream() == null) {
                throw new IllegalStateException();
            }
            try (InputStream in = ask.stream().get()) {
                in.transferTo(out);
            }
        }

        @Override
        public boolean repeatable() {
            return !ask.once();
        }
    }

    /** A blocking client is given up by interrupting its thread. */
    @Override
    public CompletableFuture<Got> begin(Ask ask) {
        CompletableFuture<Got> got = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                got.complete(send(ask));
            } catch (Throwable e) {
                got.completeExceptionally(e);
            }
        });
        got.whenComplete((response, failure) -> {
            if (got.isCancelled()) {
                thread.interrupt();
            }
        });
        thread.start();
        return got;
    }

    private static Got got(ClientHttpResponse response) throws IOException {
        Map<String, String> headers = Got.names();
        response.getHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        return new Got(response.getStatusCode().value(), headers, response.getBody(), false);
    }
}
