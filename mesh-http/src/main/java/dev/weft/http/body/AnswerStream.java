package dev.weft.http.body;

import dev.weft.runtime.Timer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A response body as the streams of blocking clients are: reading waits, and fails once it is closed. To close it does not wait, and spares
 * the connection where little is left ({@link Leftover}). For one thread at a time; {@link #close} may come from any.
 */
public final class AnswerStream extends FilterInputStream {
    private final IncomingBody body;
    private final Timer timer;
    private final Function<String, IOException> closedException;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param silence how long each read may wait; zero or null: without limit
     * @param closedException the client's own, of its words
     */
    public AnswerStream(
            IncomingBody body, Timer timer, @Nullable Duration silence, Function<String, IOException> closedException) {
        super(new BodyStream(body, timer, silence));
        this.body = body;
        this.timer = timer;
        this.closedException = closedException;
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

    private void check() throws IOException {
        if (closed.get()) {
            throw closedException.apply("the response has been closed");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Leftover.discard(body, timer);
        }
    }
}
