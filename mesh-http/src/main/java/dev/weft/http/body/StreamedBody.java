package dev.weft.http.body;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that is read from a stream while it is sent. */
record StreamedBody(Callable<? extends InputStream> source, long length, boolean replayable) implements OutgoingBody {
    StreamedBody {
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
        return subscriber -> subscriber.onSubscribe(new Reading(source, subscriber, blocking));
    }

    @Override
    public void discard(Executor blocking) {
        if (source instanceof Once once) {
            blocking.execute(once::discard);
        }
    }
}
