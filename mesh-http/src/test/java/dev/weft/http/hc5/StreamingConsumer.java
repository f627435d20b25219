package dev.weft.http.hc5;

import dev.weft.http.kit.Got;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.support.classic.ContentInputStream;
import org.apache.hc.core5.http.nio.support.classic.SharedInputBuffer;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Completes with the head, and streams the body; to close the stream is to refuse what still comes. */
final class StreamingConsumer implements AsyncResponseConsumer<Got> {
    private final SharedInputBuffer buffer = new SharedInputBuffer(64 * 1024);
    private volatile CapacityChannel channel;
    private volatile boolean closed;
    private volatile Exception failure;

    @Override
    public void consumeResponse(
            HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<Got> callback) {
        Map<String, String> headers = Got.names();
        for (Header field : response.getHeaders()) {
            headers.merge(field.getName(), field.getValue(), (a, b) -> a + "," + b);
        }
        InputStream body = entity == null ? InputStream.nullInputStream() : new Body();
        callback.completed(
                new Got(response.getCode(), headers, body, HttpVersion.HTTP_2.equals(response.getVersion())));
    }

    private final class Body extends InputStream {
        private final ContentInputStream in = new ContentInputStream(buffer);

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return in.read(into, offset, length);
            } catch (InterruptedIOException e) {
                // The buffer knows only that it was aborted.
                throw failure == null ? e : new IOException(failure);
            }
        }

        @Override
        public void close() throws IOException {
            closed = true;
            if (channel != null) {
                channel.update(1);
            }
        }
    }

    @Override
    public void updateCapacity(CapacityChannel given) throws IOException {
        channel = given;
        buffer.updateCapacity(given);
    }

    @Override
    public void consume(ByteBuffer src) throws IOException {
        if (closed) {
            throw new IOException("closed by its reader");
        }
        buffer.fill(src);
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        buffer.markEndStream();
    }

    @Override
    public void failed(Exception cause) {
        failure = cause;
        buffer.abort();
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {}

    @Override
    public void releaseResources() {}
}
