package dev.weft.grpc.call;

import io.grpc.Attributes;
import io.grpc.ClientCall;
import org.jspecify.annotations.Nullable;

/**
 * The call of gRPC's own that carries an attempt. The engine may stop it at any time, and gRPC does not bear that a call is cancelled before
 * it was started.
 */
final class AttemptLine<Q, R> {
    private enum State {
        NEW,
        STARTING,
        STARTED,
        /** Stopped before it was started, or meanwhile. */
        STOPPED
    }

    private final Outlet<Q> outlet;

    // Guarded by this.
    private State state = State.NEW;

    // Written while it is started; read by whoever has seen its flight among the followers, and for attributes by
    // anybody.
    private volatile @Nullable ClientCall<Q, R> call;

    /** @param oneMessage whether the request is one message */
    AttemptLine(boolean oneMessage) {
        outlet = new Outlet<>(oneMessage);
    }

    /** @return false: it has been started before, or is not wanted any more */
    synchronized boolean starts() {
        if (state != State.NEW) {
            return false;
        }
        state = State.STARTING;
        return true;
    }

    /** The call must be there before it is started, for what it says at once. */
    void is(ClientCall<Q, R> made) {
        call = made;
        outlet.begun(made);
    }

    /** @return false: it was stopped meanwhile, and is over */
    boolean started() {
        synchronized (this) {
            if (state != State.STOPPED) {
                state = State.STARTED;
                return true;
            }
        }
        cancel();
        return false;
    }

    /** @return whether the call has to be {@linkplain #cancel cancelled} for that; one that is being started will be */
    synchronized boolean stops() {
        boolean started = state == State.STARTED;
        state = State.STOPPED;
        return started;
    }

    void cancel() {
        outlet.stop();
    }

    void message(Q message) {
        outlet.message(message);
    }

    void halfClose() {
        outlet.halfClose();
    }

    void compression(boolean enabled) {
        call().setMessageCompression(enabled);
    }

    void request(int messages) {
        call().request(messages);
    }

    boolean isReady() {
        ClientCall<Q, R> begun = call;
        return begun != null && begun.isReady();
    }

    Attributes attributes() {
        ClientCall<Q, R> begun = call;
        return begun == null ? Attributes.EMPTY : begun.getAttributes();
    }

    private ClientCall<Q, R> call() {
        ClientCall<Q, R> begun = call;
        if (begun == null) {
            throw new IllegalStateException("the attempt has not begun");
        }
        return begun;
    }
}
