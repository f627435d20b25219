package dev.weft.http.jdk;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** Gives a user's subscriber, which takes lists of buffers that it may not change, one buffer at a time. */
record OneByOne(BodySubscriber<?> to) implements Flow.Subscriber<ByteBuffer> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        to.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer item) {
        to.onNext(List.of(item.asReadOnlyBuffer()));
    }

    @Override
    public void onError(Throwable cause) {
        to.onError(cause);
    }

    @Override
    public void onComplete() {
        to.onComplete();
    }
}
