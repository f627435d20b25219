package dev.weft.spring.declared;

import dev.weft.engine.CallDefaults;
import dev.weft.request.Hints;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Takes the place of the network: remembers what goes out, and answers as told. */
final class Wire implements RestClientCustomizer, WebClientCustomizer {
    /** What went out. */
    record Sent(HttpMethod method, URI uri, Map<String, Object> attributes) {
        @Nullable
        CallDefaults defaults() {
            return (CallDefaults) attributes.get(CallDefaults.KEY);
        }

        @Nullable
        Hints hints() {
            return (Hints) attributes.get(Hints.KEY);
        }
    }

    final List<Sent> sent = new ArrayList<>();
    int status = 200;
    String body = "ok";
    Map<String, String> headers = Map.of();

    @Nullable
    IOException failure;

    /** Done once, while the next request is on its way. */
    @Nullable
    Runnable meanwhile;

    Sent last() {
        return sent.get(sent.size() - 1);
    }

    @Override
    public void customize(RestClient.Builder builder) {
        builder.requestInterceptor((request, content, execution) -> {
            sent.add(new Sent(request.getMethod(), request.getURI(), request.getAttributes()));
            Runnable other = meanwhile;
            meanwhile = null;
            if (other != null) {
                other.run();
            }
            if (failure != null) {
                throw failure;
            }
            MockClientHttpResponse response =
                    new MockClientHttpResponse(body.getBytes(StandardCharsets.UTF_8), HttpStatusCode.valueOf(status));
            headers.forEach(response.getHeaders()::add);
            return response;
        });
    }

    @Override
    public void customize(WebClient.Builder builder) {
        builder.exchangeFunction(request -> Mono.defer(() -> {
            sent.add(new Sent(request.method(), request.url(), request.attributes()));
            if (failure != null) {
                return Mono.error(failure);
            }
            return Mono.just(ClientResponse.create(HttpStatusCode.valueOf(status))
                    .headers(all -> headers.forEach(all::add))
                    .body(body)
                    .build());
        }));
    }
}
