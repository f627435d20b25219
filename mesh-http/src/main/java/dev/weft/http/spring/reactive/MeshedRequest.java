package dev.weft.http.spring.reactive;

import dev.weft.http.call.HeadBuilder;
import dev.weft.request.RequestHead;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.AbstractClientHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A request that the WebClient writes into, and that begins when its head is complete. */
final class MeshedRequest extends AbstractClientHttpRequest {
    private final HttpMethod method;
    private final URI uri;
    private final Function<RequestBody, Mono<Void>> begin;

    /** @param begin begins the call; what it gives completes when the body has been sent */
    MeshedRequest(HttpMethod method, URI uri, Function<RequestBody, Mono<Void>> begin) {
        this.method = method;
        this.uri = uri;
        this.begin = begin;
    }

    /** As it was written. */
    RequestHead head() {
        HeadBuilder head = HeadBuilder.of(method.name(), uri);
        getHeaders().forEach((name, values) -> values.forEach(value -> head.field(name, value)));
        if (!getCookies().isEmpty()) {
            head.field(
                    HttpHeaders.COOKIE,
                    getCookies().values().stream()
                            .flatMap(List::stream)
                            .map(HttpCookie::toString)
                            .collect(Collectors.joining("; ")));
        }
        return head.fieldIfAbsent(HttpHeaders.ACCEPT, "*/*").build();
    }

    boolean expectsContinue() {
        return "100-continue".equalsIgnoreCase(getHeaders().getFirst(HttpHeaders.EXPECT));
    }

    @Override
    public HttpMethod getMethod() {
        return method;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    /** On the heap, so that what is lost costs nothing. */
    @Override
    public DataBufferFactory bufferFactory() {
        return DefaultDataBufferFactory.sharedInstance;
    }

    /** This object: no other client's request stands behind it. */
    @Override
    @SuppressWarnings("unchecked")
    public <T> T getNativeRequest() {
        return (T) this;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        if (body instanceof Mono) {
            // One value, which is in memory once it is there; so it can be sent again to another host.
            return doCommit(() -> Mono.from(body)
                    .map(RequestBody::bytes)
                    .map(RequestBody::of)
                    .defaultIfEmpty(RequestBody.NONE)
                    .flatMap(begin));
        }
        return doCommit(() ->
                Mono.defer(() -> begin.apply(RequestBody.of(body, getHeaders().getContentLength()))));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        // Every buffer is flushed; nothing is asked for before there is room for it.
        return writeWith(Flux.from(body).concatMap(Function.identity(), 0));
    }

    @Override
    public Mono<Void> setComplete() {
        return doCommit(() -> Mono.defer(() -> begin.apply(RequestBody.NONE)));
    }

    @Override
    protected void applyHeaders() {}

    @Override
    protected void applyCookies() {}
}
