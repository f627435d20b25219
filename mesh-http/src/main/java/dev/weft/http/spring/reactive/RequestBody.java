package dev.weft.http.spring.reactive;

import dev.weft.http.body.OutgoingBody;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ReactiveHttpOutputMessage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The body of a request, for either way.
 *
 * @param mesh for the mesh's transport
 * @param outside writes it to another client's request, if the mesh has not begun with it
 * @param written completes when nobody will ask for more of it
 */
record RequestBody(OutgoingBody mesh, Function<ReactiveHttpOutputMessage, Mono<Void>> outside, Mono<Void> written) {
    static final RequestBody NONE =
            new RequestBody(OutgoingBody.NONE, ReactiveHttpOutputMessage::setComplete, Mono.empty());

    /** A body that is in memory, and can be sent again. */
    static RequestBody of(byte[] bytes) {
        return new RequestBody(
                OutgoingBody.of(bytes),
                request ->
                        request.writeWith(Mono.fromSupplier(() -> DefaultDataBufferFactory.sharedInstance.wrap(bytes))),
                Mono.empty());
    }

    /**
     * A body that streams, and exists once: whether a publisher gives the same bytes again only its author knows.
     *
     * @param length bytes, or -1
     */
    static RequestBody of(Publisher<? extends DataBuffer> publisher, long length) {
        StreamedBody streamed = new StreamedBody(Flux.from(publisher).map(RequestBody::bytes), length);
        return new RequestBody(streamed, request -> request.writeWith(publisher), streamed.over());
    }

    /** What a buffer holds; the buffer is given back. */
    static byte[] bytes(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
