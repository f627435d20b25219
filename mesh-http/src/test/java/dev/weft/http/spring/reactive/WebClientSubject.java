package dev.weft.http.spring.reactive;

import dev.weft.Mesh;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Subject;
import dev.weft.http.reactor.SubscribedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Translates for a wrapped {@link WebClient}. */
record WebClientSubject(WebClient client) implements Subject {

    static Subject of(Mesh mesh, ClientHttpConnector connector) {
        return new WebClientSubject(
                mesh.wrap(WebClient.builder().clientConnector(connector).build()));
    }

    private Mono<ResponseEntity<Flux<DataBuffer>>> exchange(Ask ask) {
        WebClient.RequestBodySpec request =
                client.method(HttpMethod.valueOf(ask.method())).uri(URI.create(ask.url()));
        for (int i = 0; i < ask.headers().size(); i += 2) {
            request.header(ask.headers().get(i), ask.headers().get(i + 1));
        }
        if (ask.expectContinue()) {
            request.header("Expect", "100-continue");
        }
        if (ask.body() != null) {
            request.bodyValue(ask.body());
        } else if (ask.stream() != null) {
            // Reading a stream blocks, which nobody may do on an event loop.
            request.body(BodyInserters.fromDataBuffers(DataBufferUtils.readInputStream(
                            ask.stream()::get, DefaultDataBufferFactory.sharedInstance, 16 * 1024)
                    .subscribeOn(Schedulers.boundedElastic())));
        }
        return request.retrieve()
                .onStatus(status -> true, response -> Mono.empty())
                .toEntityFlux(BodyExtractors.toDataBuffers());
    }

    @Override
    public Got send(Ask ask) throws Exception {
        ResponseEntity<Flux<DataBuffer>> response = ask.timeout() == null
                ? exchange(ask).block()
                : exchange(ask).timeout(ask.timeout()).block();
        return got(response);
    }

    @Override
    public CompletableFuture<Got> begin(Ask ask) {
        // What the contract hangs on the future blocks, which nobody may do on Reactor's own threads.
        return exchange(ask)
                .publishOn(Schedulers.boundedElastic())
                .map(WebClientSubject::got)
                .toFuture();
    }

    private static Got got(ResponseEntity<Flux<DataBuffer>> response) {
        Map<String, String> headers = Got.names();
        response.getHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        Flux<DataBuffer> body = response.getBody();
        Flux<DataBuffer> read = body == null ? Flux.empty() : body;
        InputStream stream = DataBufferUtils.subscriberInputStream(
                read.onErrorMap(WebClientException.class, e -> new UncheckedIOException(new IOException(e))), 8);
        return new Got(response.getStatusCode().value(), headers, new SubscribedStream(stream), false);
    }
}
