package dev.weft.http.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Gathers a response body in memory, waiting for it or not. */
public final class WholeBody {
    private final IncomingBody body;
    private final List<ByteBuffer> parts = new ArrayList<>(4);

    private final int most;
    private long held;

    private WholeBody(IncomingBody body, int most) {
        this.body = body;
        this.most = most;
    }

    /** Waits until everything is here. */
    public static byte[] take(IncomingBody body) throws IOException, InterruptedException {
        WholeBody whole = new WholeBody(body, Integer.MAX_VALUE);
        ByteBuffer next = body.take();
        while (next != null) {
            whole.parts.add(next);
            next = body.take();
        }
        return whole.bytes();
    }

    /**
     * Completes when everything is here.
     *
     * @param executor completes the future, because what hangs on it may block
     */
    public static CompletableFuture<byte[]> gather(IncomingBody body, Executor executor) {
        return gather(body, executor, Integer.MAX_VALUE);
    }

    /**
     * Completes when everything is here; fails, and wants no more, when it is too much.
     *
     * @param executor completes the future, because what hangs on it may block
     * @param most bytes
     */
    public static CompletableFuture<byte[]> gather(IncomingBody body, Executor executor, int most) {
        CompletableFuture<byte[]> future = new CompletableFuture<>();
        WholeBody whole = new WholeBody(body, most);
        AtomicInteger told = new AtomicInteger();
        body.onReadable(() -> {
            // Told by the event loop and by the subscribing thread: one of them at a time reads, for both.
            if (told.getAndIncrement() == 0) {
                int seen = 1;
                do {
                    whole.drain(future, executor);
                    seen = told.addAndGet(-seen);
                } while (seen != 0);
            }
        });
        return future;
    }

    private void drain(CompletableFuture<byte[]> future, Executor executor) {
        if (future.isDone()) {
            return;
        }
        try {
            ByteBuffer next = body.poll();
            while (next != null && held <= most) {
                held += next.remaining();
                parts.add(next);
                next = body.poll();
            }
            if (held > most) {
                parts.clear();
                body.close();
                throw new IOException("a body of more than " + most + " bytes");
            }
            if (body.over()) {
                byte[] all = bytes();
                executor.execute(() -> future.complete(all));
            }
        } catch (IOException e) {
            executor.execute(() -> future.completeExceptionally(e));
        }
    }

    private byte[] bytes() {
        ByteBuffer first = parts.isEmpty() ? ByteBuffer.allocate(0) : parts.get(0);
        if (parts.size() <= 1 && first.remaining() == first.array().length) {
            return first.array();
        }
        byte[] all = new byte[parts.stream().mapToInt(ByteBuffer::remaining).reduce(0, Math::addExact)];
        int at = 0;
        for (ByteBuffer part : parts) {
            int length = part.remaining();
            part.get(all, at, length);
            at += length;
        }
        return all;
    }
}
