package dev.weft.grpc.call;

import dev.weft.engine.Attempt;
import dev.weft.request.Headers;
import dev.weft.request.ResponseHead;
import io.grpc.Attributes;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One attempt on its way: a call of its own over the channel below, whose events the engine hears first. */
final class Flight<Q, R> extends ClientCall.Listener<R> {
    // The unit in which gRPC's servers are told how much time is left.
    private static final long MILLI = 1_000_000;

    /** Its call may be cancelled only when it has been started: transports break otherwise. */
    private enum State {
        NEW,
        STARTING,
        STARTED,
        /** Cancelled before it was started, or meanwhile. */
        STOPPED
    }

    final Attempt attempt;
    final FlightTracer tracer;
    final Answer<R> answer;
    private final MeshCall<Q, R> owner;
    private final @Nullable CopyFeed<Q> copy;

    // Guarded by the upload: everything that it may have to be sent is being kept.
    boolean expected;

    // Both are guarded by this. Whoever closes, closes the attempt's books; what the transport says afterwards is
    // dropped.
    private State state = State.NEW;
    private volatile boolean closed;

    // Written while it is launched; read by whoever has seen it among the followers, and for attributes by anybody.
    private volatile @Nullable ClientCall<Q, R> call;

    // Written by the deliver command before its task is queued; read by the cancel command.
    private boolean chosen;

    Flight(MeshCall<Q, R> owner, Attempt attempt) {
        this.owner = owner;
        this.attempt = attempt;
        answer = new Answer<>(attempt, owner);
        tracer = new FlightTracer(attempt, this::sent, this::refused);
        copy = isMirror() && !owner.method.getType().clientSendsOneMessage() ? new CopyFeed<>(this) : null;
    }

    /** To be asked for in time, by the command that makes it: what has been sent so far may be gone when it is launched. */
    void expect() {
        expected = copy == null && owner.upload.expect();
    }

    private void sent(long bytes) {
        if (!isMirror() && !closed) {
            owner.upload.sent(bytes);
        }
    }

    boolean isMirror() {
        return attempt.kind() == Attempt.Kind.MIRROR;
    }

    /**
     * Begins it, on a thread where the user's code (marshallers, credentials) may run.
     *
     * @param channel below
     */
    void launch(Channel channel) {
        synchronized (this) {
            if (state != State.NEW) {
                return;
            }
            state = State.STARTING;
        }
        if (!expected && copy == null) {
            // Our own limit, and not the host's doing.
            fail(Attempt.Failure.POOL_OVERFLOW, new IOException("the request has become too large to be sent again"));
            return;
        }
        ClientCall<Q, R> begun;
        try {
            begun = owner.calls.begin(this, owner.headers(), channel);
        } catch (RuntimeException | Error e) {
            refusedByTheCallers(e);
            return;
        }
        boolean stopped;
        synchronized (this) {
            stopped = state == State.STOPPED;
            if (!stopped) {
                state = State.STARTED;
            }
        }
        if (stopped) {
            stop(begun);
        } else if (copy != null) {
            owner.upload.join(copy);
        } else {
            owner.upload.join(this);
            owner.joined(this);
        }
    }

    /** There was no way to its host. */
    void missed(Status status) {
        Attempt.Failure failure = Failures.of(status, tracer);
        fail(failure == null ? Attempt.Failure.CONNECT : failure, status.asException());
    }

    /** What is the caller's own (a tracer, an interceptor below) throws, and would on any host. */
    private void refusedByTheCallers(Throwable thrown) {
        if (isMirror()) {
            fail(Attempt.Failure.CONNECT, thrown);
        } else if (close()) {
            leave();
            owner.spoilt();
            attempt.closed(tracer.summary(false, null));
            owner.landed(this);
            owner.downstream.elsewhere(() -> owner.downstream.close(Status.fromThrowable(thrown), new Metadata()));
        }
    }

    private boolean fail(Attempt.Failure failure, Throwable cause) {
        if (!close()) {
            return false;
        }
        leave();
        attempt.failed(failure, cause);
        attempt.closed(tracer.summary(false, null));
        owner.landed(this);
        return true;
    }

    /**
     * The server has not touched the stream, and gRPC would repeat it on the same host. Where the next attempt goes is the engine's
     * decision.
     */
    private void refused() {
        if (fail(Attempt.Failure.REFUSED_STREAM, new IOException("stream refused"))) {
            boolean started;
            synchronized (this) {
                started = state == State.STARTED;
                state = State.STOPPED;
            }
            if (started) {
                stop(started());
            }
        }
    }

    /** The channel's call; it must be there before it is started, for what it says at once. */
    void begun(ClientCall<Q, R> made) {
        call = made;
    }

    /** The engine wants no more of it. */
    void cancel() {
        boolean started;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            started = state == State.STARTED;
            state = State.STOPPED;
        }
        leave();
        if (started) {
            stop(Objects.requireNonNull(call));
        }
        attempt.closed(tracer.summary(false, null));
        owner.landed(this);
        if (chosen) {
            owner.brokenOff(attempt);
        }
    }

    private static void stop(ClientCall<?, ?> begun) {
        begun.cancel("the mesh has no more use for this attempt", null);
    }

    private void leave() {
        if (copy == null) {
            owner.upload.leave(this);
        } else {
            owner.upload.leave(copy);
        }
    }

    private boolean close() {
        synchronized (this) {
            boolean first = !closed;
            closed = true;
            return first;
        }
    }

    private synchronized boolean isStopped() {
        return state == State.STOPPED;
    }

    // What the user sends. Only one thread at a time writes, but the engine may stop the call meanwhile, and gRPC does
    // not bear that
    // anything is sent on a call that was cancelled.

    void message(Q message) {
        try {
            started().sendMessage(message);
        } catch (IllegalStateException e) {
            unlessStopped(e);
        }
    }

    void halfClose() {
        try {
            started().halfClose();
        } catch (IllegalStateException e) {
            unlessStopped(e);
        }
    }

    void compression(boolean enabled) {
        started().setMessageCompression(enabled);
    }

    private void unlessStopped(IllegalStateException e) {
        if (!isStopped()) {
            throw e;
        }
    }

    private ClientCall<Q, R> started() {
        ClientCall<Q, R> begun = call;
        if (begun == null) {
            throw new IllegalStateException(attempt + " has not begun");
        }
        return begun;
    }

    void request(int messages) {
        started().request(messages);
    }

    boolean isReady() {
        ClientCall<Q, R> begun = call;
        return begun != null && begun.isReady();
    }

    Attributes attributes() {
        ClientCall<Q, R> begun = call;
        return begun == null ? Attributes.EMPTY : begun.getAttributes();
    }

    // What the attempt's call says, one event at a time on the executor.

    @Override
    public void onReady() {
        if (copy != null) {
            copy.pump();
        } else {
            owner.ready(this);
        }
    }

    @Override
    public void onHeaders(Metadata arrived) {
        Headers.Builder fields = Headers.builder().add(Fields.CONTENT_TYPE, Fields.GRPC);
        Fields.addTo(fields, Fields.withoutClaims(arrived));
        answered(arrived, fields);
    }

    /** @param head null: it has ended with nothing before */
    private void answered(@Nullable Metadata head, Headers.Builder fields) {
        Headers all = fields.build();
        answer.begins(head, all);
        tell(() -> attempt.headers(new ResponseHead(200, all), head == null));
    }

    /** What a copy says comes on a thread of the transport's, which must not speak to the caller. */
    private void tell(Runnable event) {
        if (isMirror()) {
            event.run();
        } else {
            owner.within(event);
        }
    }

    @Override
    public void onMessage(R message) {
        if (!isMirror()) {
            owner.downstream.here(() -> answer.message(message));
        }
    }

    @Override
    public void onClose(Status ended, Metadata last) {
        if (!close()) {
            return;
        }
        leave();
        Metadata own = Fields.withoutClaims(last);
        boolean whole = tracer.answered();
        boolean begun = answer.hasBegun();
        boolean spoilt = !begun && !decided(ended, own);
        if (spoilt) {
            owner.spoilt();
        }
        attempt.closed(tracer.summary(whole, whole ? ended.getCode().value() : null));
        owner.landed(this);
        if (isMirror()) {
            return;
        }
        if (spoilt) {
            owner.downstream.here(() -> owner.downstream.close(ended, own));
        } else if (begun && !whole && owner.isLate(attempt, MILLI)) {
            // A server that keeps to the time it was told resets the stream, possibly just before we do.
            LocalStatus late = LocalStatus.brokenOff(true);
            owner.downstream.here(() -> answer.end(late.status(), late.trailers()));
        } else {
            owner.downstream.here(() -> answer.end(ended, own));
        }
    }

    /** There was no head: the end says what came instead. */
    private boolean decided(Status ended, Metadata last) {
        if (tracer.answered()) {
            Headers.Builder fields = Headers.builder().add(Fields.CONTENT_TYPE, Fields.GRPC);
            Fields.addTo(fields, last);
            fields.set(Fields.STATUS, String.valueOf(ended.getCode().value()));
            answered(null, fields);
            return true;
        }
        int httpStatus = Failures.httpStatus(ended);
        if (httpStatus != 0) {
            tell(() -> attempt.headers(new ResponseHead(httpStatus, Headers.EMPTY), true));
            return true;
        }
        Attempt.Failure failure = Failures.of(ended, tracer);
        if (failure == null) {
            return isMirror();
        }
        tell(() -> attempt.failed(failure, ended.asException(last)));
        return true;
    }

    // Deliver command.

    /** The response is the caller's from now on. */
    void choose() {
        chosen = true;
    }
}
