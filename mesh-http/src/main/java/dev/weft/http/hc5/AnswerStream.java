package dev.weft.http.hc5;

import dev.weft.http.body.BodyStream;
import dev.weft.http.body.IncomingBody;
import dev.weft.http.body.Leftover;
import dev.weft.runtime.Timer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.StreamClosedException;
import org.jspecify.annotations.Nullable;

/** A response body, read by waiting for it. To close it does not wait, and spares the connection where little is left. */
final class AnswerStream extends FilterInputStream {
    private final IncomingBody body;
    private final Timer timer;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param silence how long each read may wait; null: without limit */
    AnswerStream(IncomingBody body, Timer timer, @Nullable Duration silence) {
        super(new BodyStream(body, timer, silence));
        this.body = body;
        this.timer = timer;
    }

    @Override
    public int read() throws IOException {
        check();
        return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        check();
        return super.read(into, offset, length);
    }

    private void check() throws StreamClosedException {
        if (closed.get()) {
            throw new StreamClosedException("the response has been closed");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Leftover.discard(body, timer);
        }
    }
}
