package dev.weft.http.okhttp;

import dev.weft.http.body.OutgoingBody;
import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** OkHttp's request bodies as bodies that the transport can send, and send again unless they say that they are one-shot. */
final class RequestBodies {
    // Written at once, on the thread that makes the call: cheaper than to let another thread write it piece by piece.
    private static final long SMALL = 64 * 1024;

    private RequestBodies() {}

    static OutgoingBody of(@Nullable RequestBody body) throws IOException {
        if (body == null) {
            return OutgoingBody.NONE;
        }
        long length = body.contentLength();
        if (length >= 0 && length <= SMALL && !body.isOneShot()) {
            return inMemory(body, length);
        }
        return OutgoingBody.written(
                to -> {
                    BufferedSink sink = Okio.buffer(Okio.sink(to));
                    body.writeTo(sink);
                    sink.flush();
                },
                Math.max(-1, length),
                !body.isOneShot());
    }

    private static OutgoingBody inMemory(RequestBody body, long length) throws IOException {
        Buffer buffer = new Buffer();
        body.writeTo(buffer);
        if (buffer.size() != length) {
            throw new ProtocolException(
                    "request body: " + buffer.size() + " bytes came, " + length + " were announced");
        }
        return OutgoingBody.of(buffer.readByteArray());
    }
}
