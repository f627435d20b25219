package dev.weft.http.jdk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes the bytes of a publisher that has them in memory and gives them at once. */
final class Collected implements Flow.Subscriber<ByteBuffer> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean complete;

    private Collected() {}

    /** Null if they did not come at once after all. */
    static byte @Nullable [] from(Flow.Publisher<ByteBuffer> publisher) {
        Collected collected = new Collected();
        publisher.subscribe(collected);
        return collected.complete ? collected.bytes.toByteArray() : null;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer item) {
        byte[] chunk = new byte[item.remaining()];
        item.get(chunk);
        bytes.write(chunk, 0, chunk.length);
    }

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onComplete() {
        complete = true;
    }
}
