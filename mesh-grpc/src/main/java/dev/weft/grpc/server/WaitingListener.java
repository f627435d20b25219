package dev.weft.grpc.server;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of a call until somebody else has judged it. These are few: nothing has been requested yet, so the transport's flow control
 * holds all messages back, as the caller's window fills. Events come on the call's thread, the judgement on another.
 */
final class WaitingListener<ReqT> extends ServerCall.Listener<ReqT> {
    // Guarded by this.
    private List<Consumer<ServerCall.Listener<ReqT>>> kept = new ArrayList<>(2);

    /** Written under the lock when nothing is kept any more; from then on events pass by. */
    private volatile ServerCall.@Nullable Listener<ReqT> handler;

    /** The caller has gone. Written by the call's thread, read by the one that brings the judgement. */
    private volatile boolean cancelled;

    boolean cancelled() {
        return cancelled;
    }

    /**
     * Begins the handler and gives it what has come so far, on this thread, and then lets events pass.
     *
     * @param begin makes the handler's listener
     * @param failed hears of what a handler throws, which gRPC would hear of on its own thread
     */
    void judged(Supplier<ServerCall.Listener<ReqT>> begin, Consumer<Throwable> failed) {
        ServerCall.Listener<ReqT> next = begin.get();
        while (true) {
            List<Consumer<ServerCall.Listener<ReqT>>> events;
            synchronized (this) {
                if (kept.isEmpty()) {
                    handler = next;
                    return;
                }
                events = kept;
                kept = new ArrayList<>(2);
            }
            for (Consumer<ServerCall.Listener<ReqT>> event : events) {
                try {
                    event.accept(next);
                } catch (Throwable e) {
                    failed.accept(e);
                }
            }
        }
    }

    private void pass(Consumer<ServerCall.Listener<ReqT>> event) {
        ServerCall.Listener<ReqT> next = handler;
        if (next == null) {
            synchronized (this) {
                next = handler;
                if (next == null) {
                    kept.add(event);
                    return;
                }
            }
        }
        event.accept(next);
    }

    @Override
    public void onMessage(ReqT message) {
        pass(next -> next.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        pass(ServerCall.Listener::onHalfClose);
    }

    @Override
    public void onReady() {
        pass(ServerCall.Listener::onReady);
    }

    @Override
    public void onCancel() {
        cancelled = true;
        pass(ServerCall.Listener::onCancel);
    }

    @Override
    public void onComplete() {
        pass(ServerCall.Listener::onComplete);
    }
}
