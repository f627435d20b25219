package dev.weft.http.hc5;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Supplier;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/** Produces what a thread of its own reads from a stream; the library's own such producer swallows what the stream throws. */
final class StreamProducer implements AsyncEntityProducer {
    private static final int CHUNK = 16 * 1024;

    private final Supplier<InputStream> source;
    private final SynchronousQueue<Object> read = new SynchronousQueue<>();
    private final ByteBuffer end = ByteBuffer.allocate(0);
    private Thread thread;
    private ByteBuffer current;

    // Set by the reading thread when it has something to hand over.
    private volatile boolean ready;

    StreamProducer(Supplier<InputStream> source) {
        this.source = source;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (thread == null) {
            thread = new Thread(() -> read(channel), "producer");
            thread.setDaemon(true);
            thread.start();
        }
        if (current == null && ready) {
            ready = false;
            Object next = taken();
            if (next instanceof IOException failure) {
                throw failure;
            }
            current = (ByteBuffer) next;
        }
        if (current == end) {
            channel.endStream();
        } else if (current != null) {
            channel.write(current);
            current = current.hasRemaining() ? current : null;
        }
    }

    private Object taken() throws IOException {
        try {
            return read.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void read(DataStreamChannel channel) {
        try (InputStream in = source.get()) {
            byte[] chunk = new byte[CHUNK];
            int count = in.read(chunk);
            while (count >= 0) {
                hand(ByteBuffer.wrap(chunk, 0, count), channel);
                chunk = new byte[CHUNK];
                count = in.read(chunk);
            }
            hand(end, channel);
        } catch (IOException e) {
            hand(e, channel);
        }
    }

    private void hand(Object next, DataStreamChannel channel) {
        try {
            ready = true;
            channel.requestOutput();
            read.put(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int available() {
        return current == null ? 0 : current.remaining();
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public String getContentType() {
        return "application/octet-stream";
    }

    @Override
    public String getContentEncoding() {
        return null;
    }

    @Override
    public boolean isChunked() {
        return true;
    }

    @Override
    public Set<String> getTrailerNames() {
        return Set.of();
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
}
