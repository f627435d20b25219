package dev.weft.spring.declared.grpc;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Replies as a stream, which cancels its call when it is closed. */
final class ReplyStream {
    private ReplyStream() {}

    static Stream<?> of(Line line, @Nullable Object request) {
        AtomicReference<@Nullable Stream<?>> fallback = new AtomicReference<>();
        CancellableContext life = Context.current().withCancellation();
        Context around = life.attach();
        Iterator<?> replies;
        try {
            replies = Replies.of(line, request, instead -> {
                Stream<?> other = (Stream<?>) instead;
                fallback.set(other);
                return other.iterator();
            });
        } finally {
            life.detach(around);
        }
        Spliterator<?> inOrder = Spliterators.spliteratorUnknownSize(replies, Spliterator.ORDERED);
        return StreamSupport.stream(inOrder, false).onClose(() -> {
            life.cancel(null);
            Stream<?> other = fallback.get();
            if (other != null) {
                other.close();
            }
        });
    }
}
