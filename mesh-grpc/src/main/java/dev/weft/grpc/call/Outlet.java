package dev.weft.grpc.call;

import io.grpc.ClientCall;
import org.jspecify.annotations.Nullable;

/**
 * What the call of an attempt is sent: by one thread at a time, while any may stop the call. gRPC does not bear that anything is sent on a call
 * that was cancelled; and of a request of one message, which leaves with its end, it never frees the buffer when the cancellation comes
 * between the two. So these two go together, and a stop waits for what is being written.
 */
final class Outlet<Q> {
    private final boolean oneMessage;

    // Written before the call is started; read by whoever sends or stops.
    private volatile @Nullable ClientCall<Q, ?> call;

    // Of the thread that sends.
    private @Nullable Q held;

    // Both are guarded by this.
    private boolean writing;
    private boolean stopped;

    Outlet(boolean oneMessage) {
        this.oneMessage = oneMessage;
    }

    void begun(ClientCall<Q, ?> made) {
        call = made;
    }

    private ClientCall<Q, ?> call() {
        ClientCall<Q, ?> begun = call;
        if (begun == null) {
            throw new IllegalStateException("the attempt has not begun");
        }
        return begun;
    }

    void message(Q message) {
        Q ready = message;
        if (oneMessage) {
            ready = held;
            held = message;
        }
        if (ready != null && begins()) {
            try {
                call().sendMessage(ready);
            } finally {
                ends();
            }
        }
    }

    void halfClose() {
        if (begins()) {
            try {
                Q last = held;
                held = null;
                if (last != null) {
                    call().sendMessage(last);
                }
                call().halfClose();
            } finally {
                ends();
            }
        }
    }

    private synchronized boolean begins() {
        writing = !stopped;
        return writing;
    }

    private void ends() {
        boolean late;
        synchronized (this) {
            writing = false;
            late = stopped;
        }
        if (late) {
            cancel();
        }
    }

    /** The engine wants no more of a call that has been started. Once. */
    void stop() {
        synchronized (this) {
            stopped = true;
            if (writing) {
                return;
            }
        }
        cancel();
    }

    private void cancel() {
        call().cancel("the mesh has no more use for this attempt", null);
    }
}
