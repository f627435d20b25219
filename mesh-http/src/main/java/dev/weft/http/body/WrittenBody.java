package dev.weft.http.body;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that writes itself, by code that knows streams and no demand. */
record WrittenBody(OutgoingBody.Writer writer, long length, boolean replayable) implements OutgoingBody {
    WrittenBody {
        if (length < -1) {
            throw new IllegalArgumentException("length " + length + " of a request body: -1 or more was expected");
        }
    }

    @Override
    public @Nullable ByteBuffer whole() {
        return null;
    }

    @Override
    public Flow.Publisher<ByteBuffer> open(Executor blocking) {
        return subscriber -> subscriber.onSubscribe(new Writing(writer, subscriber, blocking));
    }
}
