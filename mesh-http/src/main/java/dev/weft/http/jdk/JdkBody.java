package dev.weft.http.jdk;

import dev.weft.http.body.OutgoingBody;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A {@link BodyPublisher} of the user as a body that the transport can send. Its code runs on a thread that may block. */
final class JdkBody implements OutgoingBody {
    private static final String JDK = "jdk.internal.net.http.RequestPublishers$";

    /**
     * Publishers that give the same bytes to each subscriber. A stream's supplier may, but the usual one hands out the same
     * stream again, and a retry would then send an empty body in good faith.
     */
    private static final Set<String> REPLAYABLE = Set.of(
            JDK + "EmptyPublisher",
            JDK + "ByteArrayPublisher",
            JDK + "StringPublisher",
            JDK + "IterablePublisher",
            JDK + "FilePublisher");

    private static final Set<String> IN_MEMORY = Set.of(JDK + "ByteArrayPublisher", JDK + "StringPublisher");

    private final BodyPublisher publisher;

    private JdkBody(BodyPublisher publisher) {
        this.publisher = publisher;
    }

    static OutgoingBody of(Optional<BodyPublisher> given) {
        if (given.isEmpty() || given.get().contentLength() == 0) {
            return OutgoingBody.NONE;
        }
        BodyPublisher publisher = given.get();
        if (IN_MEMORY.contains(publisher.getClass().getName())) {
            byte[] bytes = Collected.from(publisher);
            if (bytes != null) {
                return OutgoingBody.of(bytes);
            }
        }
        return new JdkBody(publisher);
    }

    @Override
    public long length() {
        return Math.max(-1, publisher.contentLength());
    }

    @Override
    public boolean replayable() {
        return REPLAYABLE.contains(publisher.getClass().getName());
    }

    @Override
    public @Nullable ByteBuffer whole() {
        return null;
    }

    @Override
    public Flow.Publisher<ByteBuffer> open(Executor blocking) {
        return subscriber -> blocking.execute(() -> publisher.subscribe(new OffLoop(subscriber, blocking)));
    }

    /** Keeps the publisher's code off the event loop, from which the transport asks for more. */
    private record OffLoop(Flow.Subscriber<? super ByteBuffer> to, Executor blocking)
            implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    blocking.execute(() -> subscription.request(n));
                }

                @Override
                public void cancel() {
                    blocking.execute(subscription::cancel);
                }
            });
        }

        @Override
        public void onNext(ByteBuffer item) {
            to.onNext(item);
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
}
