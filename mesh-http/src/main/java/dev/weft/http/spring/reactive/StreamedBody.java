package dev.weft.http.spring.reactive;

import dev.weft.http.body.OutgoingBody;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A body whose publisher is subscribed to once, and asked for as much as the connection takes. */
final class StreamedBody implements OutgoingBody {
    private final Flux<byte[]> source;
    private final long length;
    private final Sinks.Empty<Void> over = Sinks.empty();

    StreamedBody(Flux<byte[]> source, long length) {
        this.source = source;
        this.length = length;
    }

    /** Completes when everything has been given out or the rest is not wanted; fails as the publisher fails. */
    Mono<Void> over() {
        return over.asMono();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean replayable() {
        return false;
    }

    @Override
    public @Nullable ByteBuffer whole() {
        return null;
    }

    /** On threads that may block, because some publishers read files and streams where they are asked for more. */
    @Override
    public Flow.Publisher<ByteBuffer> open(Executor blocking) {
        return JdkFlowAdapter.publisherToFlowPublisher(source.map(ByteBuffer::wrap)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .subscribeOn(Schedulers.fromExecutor(blocking))
                .doOnError(over::tryEmitError)
                .doOnComplete(over::tryEmitEmpty)
                .doOnCancel(over::tryEmitEmpty));
    }

    @Override
    public void discard(Executor blocking) {
        over.tryEmitEmpty();
    }
}
