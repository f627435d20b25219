package dev.weft.http.body;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** Bytes that lie in memory; also the body that is none. */
final class InMemoryBody implements OutgoingBody {
    private final byte[] bytes;

    InMemoryBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public ByteBuffer whole() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public Flow.Publisher<ByteBuffer> open(Executor blocking) {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            // Touched by request() and cancel() only, which a subscriber calls one after the other.
            private boolean over;

            @Override
            public void request(long n) {
                if (!over) {
                    over = true;
                    subscriber.onNext(whole());
                    subscriber.onComplete();
                }
            }

            @Override
            public void cancel() {
                over = true;
            }
        });
    }
}
