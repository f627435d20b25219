package dev.weft.http.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a response body by waiting for it. For one thread at a time; {@link #close} may come from any. */
public final class BodyStream extends InputStream {
    private final IncomingBody body;
    private @Nullable ByteBuffer current;
    private boolean ended;

    public BodyStream(IncomingBody body) {
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        ByteBuffer from = fill();
        if (from == null) {
            return -1;
        }
        int next = from.get() & 0xFF;
        drop(from);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        ByteBuffer from = fill();
        if (from == null) {
            return -1;
        }
        int count = Math.min(length, from.remaining());
        from.get(into, offset, count);
        drop(from);
        return count;
    }

    @Override
    public int available() {
        return current == null ? 0 : current.remaining();
    }

    private @Nullable ByteBuffer fill() throws IOException {
        if (current == null && !ended) {
            try {
                current = body.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the response body");
            }
            ended = current == null;
        }
        return current;
    }

    private void drop(ByteBuffer used) {
        if (!used.hasRemaining()) {
            current = null;
        }
    }

    @Override
    public void close() {
        ended = true;
        current = null;
        body.close();
    }
}
