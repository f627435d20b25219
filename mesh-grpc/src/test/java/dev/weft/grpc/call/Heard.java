package dev.weft.grpc.call;

import dev.weft.http.kit.Eventually;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A listener that remembers, and notices when it is spoken to by two threads at once, by a wrong one, or after the end. */
class Heard extends ClientCall.Listener<String> {
    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<String> wrong = new CopyOnWriteArrayList<>();
    final AtomicInteger closes = new AtomicInteger();
    final AtomicInteger readies = new AtomicInteger();
    private final AtomicBoolean inside = new AtomicBoolean();

    // Written by the listener's threads, read by the test.
    volatile @Nullable Metadata head;
    volatile @Nullable Status status;
    volatile @Nullable Metadata trailers;

    private void serially(String what, Runnable event) {
        if (!inside.compareAndSet(false, true)) {
            wrong.add(what + " while another event was being heard");
        }
        if (!Thread.currentThread().getName().startsWith("call-executor")) {
            wrong.add(what + " on " + Thread.currentThread().getName());
        }
        if (closes.get() > 0) {
            wrong.add(what + " after the end");
        }
        event.run();
        inside.set(false);
    }

    @Override
    public void onReady() {
        serially("onReady", readies::incrementAndGet);
    }

    @Override
    public void onHeaders(Metadata headers) {
        serially("onHeaders", () -> head = headers);
    }

    @Override
    public void onMessage(String message) {
        serially("onMessage", () -> messages.add(message));
    }

    @Override
    public void onClose(Status ended, Metadata last) {
        serially("onClose", () -> {
            status = ended;
            trailers = last;
        });
        closes.incrementAndGet();
    }

    Status end() {
        Eventually.is("the end of the call", () -> closes.get() > 0);
        Status ended = status;
        if (ended == null || !wrong.isEmpty()) {
            throw new AssertionError(wrong.toString());
        }
        return ended;
    }
}
