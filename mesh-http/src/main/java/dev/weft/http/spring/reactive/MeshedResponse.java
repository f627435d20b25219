package dev.weft.http.spring.reactive;

import dev.weft.http.body.BodyFeed;
import dev.weft.http.body.IncomingBody;
import dev.weft.http.call.Answer;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.AbstractClientHttpResponse;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** An answer that came over the mesh. Its buffers lie on the heap. */
final class MeshedResponse extends AbstractClientHttpResponse {
    private final Reader reader;

    MeshedResponse(Answer answer, Executor executor) {
        this(answer, new Reader(answer.body(), executor));
    }

    private MeshedResponse(Answer answer, Reader reader) {
        super(
                HttpStatusCode.valueOf(answer.head().status()),
                headers(answer),
                SetCookies.parse(answer.head().headers()),
                reader.flux());
        this.reader = reader;
    }

    /** Nobody will read it, unless somebody has begun to. */
    void abandon() {
        reader.abandon();
    }

    private static HttpHeaders headers(Answer answer) {
        HttpHeaders headers = new HttpHeaders();
        answer.head().headers().forEach(headers::add);
        return HttpHeaders.readOnlyHttpHeaders(headers);
    }

    /** The body, for one reader. */
    private record Reader(IncomingBody body, Executor executor, AtomicBoolean taken)
            implements Flow.Publisher<ByteBuffer> {
        Reader(IncomingBody body, Executor executor) {
            this(body, executor, new AtomicBoolean());
        }

        Flux<DataBuffer> flux() {
            return JdkFlowAdapter.flowPublisherToFlux(this).map(DefaultDataBufferFactory.sharedInstance::wrap);
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            taken.set(true);
            BodyFeed.start(body, subscriber, executor);
        }

        void abandon() {
            if (!taken.get()) {
                body.close();
            }
        }
    }
}
