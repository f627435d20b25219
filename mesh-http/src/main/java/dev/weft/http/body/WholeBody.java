package dev.weft.http.body;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Gathers a response body in memory, waiting for it or not. */
public final class WholeBody {
    private final IncomingBody body;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    private WholeBody(IncomingBody body) {
        this.body = body;
    }

    /** Waits until everything is here. */
    public static byte[] take(IncomingBody body) throws IOException, InterruptedException {
        WholeBody whole = new WholeBody(body);
        ByteBuf next = body.take();
        while (next != null) {
            whole.add(next);
            next = body.take();
        }
        return whole.bytes.toByteArray();
    }

    /**
     * Completes when everything is here.
     *
     * @param executor completes the future, because what hangs on it may block
     */
    public static CompletableFuture<byte[]> gather(IncomingBody body, Executor executor) {
        CompletableFuture<byte[]> future = new CompletableFuture<>();
        WholeBody whole = new WholeBody(body);
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
            ByteBuf next = body.poll();
            while (next != null) {
                add(next);
                next = body.poll();
            }
            if (body.over()) {
                byte[] all = bytes.toByteArray();
                executor.execute(() -> future.complete(all));
            }
        } catch (IOException e) {
            executor.execute(() -> future.completeExceptionally(e));
        }
    }

    private void add(ByteBuf next) throws IOException {
        try {
            next.readBytes(bytes, next.readableBytes());
        } finally {
            next.release();
        }
    }
}
