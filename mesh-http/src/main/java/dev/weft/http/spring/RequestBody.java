package dev.weft.http.spring;

import dev.weft.http.body.OutgoingBody;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.util.FastByteArrayOutputStream;

/** The body of a request in the three ways in which Spring gives one: written into a stream of ours, whole, or as a callback. */
final class RequestBody {
    // Nothing larger is held in memory for the sake of a length and a cheap retry.
    private static final int MOST_IN_MEMORY = 256 * 1024;

    private @Nullable FastByteArrayOutputStream stream;
    private byte @Nullable [] bytes;
    private StreamingHttpOutputMessage.@Nullable Body callback;

    OutputStream stream() {
        if (bytes != null || callback != null) {
            throw new IllegalStateException("the request has a body already: use either getBody() or setBody()");
        }
        if (stream == null) {
            stream = new FastByteArrayOutputStream(1024);
        }
        return stream;
    }

    void set(byte[] given) {
        free();
        bytes = given;
    }

    void set(StreamingHttpOutputMessage.Body given) {
        free();
        callback = given;
    }

    private void free() {
        if (stream != null) {
            throw new IllegalStateException("the request has a body already: use either getBody() or setBody()");
        }
        bytes = null;
        callback = null;
    }

    /**
     * The body as it is sent.
     *
     * @param length bytes, or -1
     * @throws IOException if it is to be written now and cannot
     */
    OutgoingBody outgoing(long length) throws IOException {
        StreamingHttpOutputMessage.Body writer = callback;
        if (writer == null) {
            byte[] whole = whole();
            return whole == null ? OutgoingBody.NONE : OutgoingBody.of(whole);
        }
        if (writer.repeatable() && length <= MOST_IN_MEMORY) {
            byte[] small = SmallBody.of(writer, MOST_IN_MEMORY);
            if (small != null) {
                bytes = small;
                callback = null;
                return OutgoingBody.of(small);
            }
        }
        return OutgoingBody.written(writer::writeTo, length, writer.repeatable());
    }

    /** Whether it can be sent a second time, by another request. */
    boolean repeatable() {
        return callback == null || callback.repeatable();
    }

    private byte @Nullable [] whole() {
        return stream == null ? bytes : stream.toByteArrayUnsafe();
    }

    /** Gives the body to another request. */
    void copyTo(ClientHttpRequest request) throws IOException {
        byte[] whole = whole();
        StreamingHttpOutputMessage.Body writer = callback;
        if (request instanceof StreamingHttpOutputMessage streaming) {
            if (writer != null) {
                streaming.setBody(writer);
            } else if (whole != null) {
                streaming.setBody(whole);
            }
        } else if (writer != null) {
            writer.writeTo(request.getBody());
        } else if (whole != null) {
            request.getBody().write(whole);
        }
    }
}
