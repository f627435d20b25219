package dev.weft.http.spring;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.util.FastByteArrayOutputStream;

/** Takes a body that can be written again into memory, unless it turns out to be large. */
final class SmallBody extends OutputStream {
    private final FastByteArrayOutputStream bytes = new FastByteArrayOutputStream(1024);
    private final int most;
    private boolean full;

    private SmallBody(int most) {
        this.most = most;
    }

    /**
     * What the body writes.
     *
     * @return null: more than {@code most} bytes
     * @throws IOException if the body cannot be written
     */
    static byte @Nullable [] of(StreamingHttpOutputMessage.Body body, int most) throws IOException {
        SmallBody small = new SmallBody(most);
        try {
            body.writeTo(small);
        } catch (IOException | RuntimeException e) {
            // A writer may pass on our own refusal in any dress.
            if (!small.full) {
                throw e;
            }
        }
        return small.full ? null : small.bytes.toByteArrayUnsafe();
    }

    @Override
    public void write(int b) throws IOException {
        room(1);
        bytes.write(b);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        room(length);
        bytes.write(from, offset, length);
    }

    private void room(int length) throws IOException {
        if (full || bytes.size() + (long) length > most) {
            full = true;
            throw new IOException("a body of more than " + most + " bytes is not gathered in memory");
        }
    }
}
