package dev.weft.http.spring.reactive;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes less of a request than its author did: what was meant for the first server only. */
final class RedirectedRequest extends ClientHttpRequestDecorator {
    private final boolean withoutBody;

    /** @param sameServer otherwise what proves who the user is stays behind */
    RedirectedRequest(ClientHttpRequest request, boolean withoutBody, boolean sameServer) {
        super(request);
        this.withoutBody = withoutBody;
        beforeCommit(() -> Mono.fromRunnable(() -> {
            HttpHeaders headers = getHeaders();
            if (withoutBody) {
                headers.remove(HttpHeaders.CONTENT_LENGTH);
                headers.remove(HttpHeaders.CONTENT_TYPE);
                headers.remove(HttpHeaders.EXPECT);
            }
            if (!sameServer) {
                headers.remove(HttpHeaders.AUTHORIZATION);
                headers.remove(HttpHeaders.COOKIE);
                headers.remove(HttpHeaders.HOST);
                getCookies().clear();
            }
        }));
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        if (!withoutBody) {
            return super.writeWith(body);
        }
        // A single buffer has been made already and is given back; a stream has not begun and does not.
        return body instanceof Mono
                ? Mono.from(body).doOnNext(DataBufferUtils::release).then(Mono.defer(this::setComplete))
                : setComplete();
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return withoutBody ? writeWith(Flux.empty()) : super.writeAndFlushWith(body);
    }
}
