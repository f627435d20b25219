package dev.weft.http.feign;

import dev.weft.http.body.BodyStream;
import dev.weft.http.body.IncomingBody;
import dev.weft.http.body.Leftover;
import dev.weft.runtime.Timer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;

/** The body of a response. A short rest that nobody reads is thrown away, so that its connection can serve again. */
final class AnswerStream extends FilterInputStream {
    private final IncomingBody body;
    private final Timer timer;
    private boolean closed;

    /** @param silence how long each read may wait; zero: for ever */
    AnswerStream(IncomingBody body, Timer timer, Duration silence) {
        super(new BodyStream(body, timer, silence.isZero() ? null : silence));
        this.body = body;
        this.timer = timer;
    }

    @Override
    public int read() throws IOException {
        ensureOpen();
        return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        ensureOpen();
        return super.read(into, offset, length);
    }

    private void ensureOpen() throws IOException {
        if (closed) {
            throw new IOException("the response has been closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Leftover.discard(body, timer);
        }
    }
}
