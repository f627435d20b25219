package dev.weft.http.reactor;

import dev.weft.Mesh;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Subject;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** Translates for a wrapped {@link HttpClient} of Reactor Netty. */
record ReactorNettySubject(HttpClient client) implements Subject {

    static Subject of(Mesh mesh) {
        return new ReactorNettySubject(mesh.wrap(HttpClient.create()));
    }

    private Flux<Got> exchange(Ask ask) {
        HttpClient configured = client.headers(headers -> {
            for (int i = 0; i < ask.headers().size(); i += 2) {
                headers.add(ask.headers().get(i), ask.headers().get(i + 1));
            }
            if (ask.expectContinue()) {
                headers.set(HttpHeaderNames.EXPECT, "100-continue");
            }
            if (ask.body() != null) {
                headers.set(HttpHeaderNames.CONTENT_LENGTH, ask.body().length);
            }
        });
        HttpClient.RequestSender request =
                configured.request(HttpMethod.valueOf(ask.method())).uri(ask.url());
        return request.send(body(ask))
                .responseConnection((response, connection) -> Mono.just(got(response, connection)));
    }

    private static Publisher<? extends ByteBuf> body(Ask ask) {
        if (ask.body() != null) {
            return Mono.fromSupplier(() -> Unpooled.wrappedBuffer(ask.body()));
        }
        if (ask.stream() == null) {
            return Mono.empty();
        }
        return Flux.using(
                        () -> ask.stream().get(),
                        in -> Flux.<byte[]>generate(sink -> {
                            try {
                                byte[] part = in.readNBytes(16 * 1024);
                                if (part.length == 0) {
                                    sink.complete();
                                } else {
                                    sink.next(part);
                                }
                            } catch (Exception e) {
                                sink.error(e);
                            }
                        }),
                        in -> {})
                .subscribeOn(Schedulers.boundedElastic())
                .map(Unpooled::wrappedBuffer);
    }

    @Override
    public Got send(Ask ask) {
        Flux<Got> exchange = exchange(ask);
        return ask.timeout() == null
                ? exchange.blockFirst()
                : exchange.timeout(ask.timeout()).blockFirst();
    }

    @Override
    public CompletableFuture<Got> begin(Ask ask) {
        // What the contract hangs on the future blocks, which nobody may do on an event loop.
        return exchange(ask).next().publishOn(Schedulers.boundedElastic()).toFuture();
    }

    private static Got got(HttpClientResponse response, Connection connection) {
        Map<String, String> headers = Got.names();
        response.responseHeaders()
                .forEach(field -> headers.merge(field.getKey(), field.getValue(), (a, b) -> a + "," + b));
        NettyDataBufferFactory factory =
                new NettyDataBufferFactory(connection.outbound().alloc());
        InputStream stream = DataBufferUtils.subscriberInputStream(
                connection
                        .inbound()
                        .receive()
                        .retain()
                        .map(factory::wrap)
                        .onErrorMap(e -> new UncheckedIOException(new IOException(e))),
                8);
        return new Got(response.status().code(), headers, new SubscribedStream(stream), false);
    }
}
