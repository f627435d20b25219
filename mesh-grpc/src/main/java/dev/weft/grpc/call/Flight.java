package dev.weft.grpc.call;

import dev.weft.engine.Attempt;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on its way, from its launch to its end: by its server, as {@link FlightEvents} hears it, by the engine, or because it never left.
 * Whoever closes it first closes the attempt's books; what the transport says afterwards is dropped.
 */
final class Flight<Q, R> {
    final Attempt attempt;
    final FlightTracer tracer;
    final Answer<R> answer;
    final AttemptLine<Q, R> line;

    /** Of a copy of a stream. */
    final @Nullable CopyFeed<Q> copy;

    private final MeshCall<Q, R> owner;
    private final AtomicBoolean closed = new AtomicBoolean();

    // Guarded by the upload: everything that it may have to be sent is being kept.
    boolean expected;

    // Written by the deliver command before its task is queued; read by the cancel command.
    private boolean chosen;

    Flight(MeshCall<Q, R> owner, Attempt attempt) {
        this.owner = owner;
        this.attempt = attempt;
        answer = new Answer<>(attempt, owner);
        tracer = new FlightTracer(attempt, this::sent, this::refused);
        line = new AttemptLine<>(owner.method.getType().clientSendsOneMessage());
        copy = isMirror() && !owner.method.getType().clientSendsOneMessage() ? new CopyFeed<>(this) : null;
    }

    boolean isMirror() {
        return attempt.kind() == Attempt.Kind.MIRROR;
    }

    /** To be asked for in time, by the command that makes it: what has been sent so far may be gone when it is launched. */
    void expect() {
        expected = copy == null && owner.upload.expect();
    }

    /**
     * Begins it, on a thread where the user's code (marshallers, credentials) may run.
     *
     * @param channel below
     */
    void launch(Channel channel) {
        if (!line.starts()) {
            return;
        }
        if (!expected && copy == null) {
            // Our own limit, and not the host's doing.
            fail(Attempt.Failure.POOL_OVERFLOW, new IOException("the request has become too large to be sent again"));
            return;
        }
        try {
            owner.calls.begin(this, new FlightEvents<>(this, owner), owner.headers(), channel);
        } catch (RuntimeException | Error e) {
            refusedByTheCallers(e);
            return;
        }
        if (!line.started()) {
            return;
        }
        if (copy != null) {
            owner.upload.join(copy);
        } else {
            owner.upload.join(this);
            readyAtOnce();
        }
    }

    /** It has had everything that was sent so far, and may have been ready before. */
    private void readyAtOnce() {
        boolean streams = !isMirror() && !owner.method.getType().clientSendsOneMessage();
        if (streams && this == owner.commands.newest() && line.isReady()) {
            owner.downstream.elsewhere(owner.downstream::ready);
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
            owner.spoilt();
            report(tracer.summary(false, null));
            owner.downstream.elsewhere(() -> owner.downstream.close(Status.fromThrowable(thrown), new Metadata()));
        }
    }

    private boolean fail(Attempt.Failure failure, Throwable cause) {
        if (!close()) {
            return false;
        }
        attempt.failed(failure, cause);
        report(tracer.summary(false, null));
        return true;
    }

    private void sent(long bytes) {
        if (!isMirror() && !closed.get()) {
            owner.upload.sent(bytes);
        }
    }

    /**
     * The server has not touched the stream, and gRPC would repeat it on the same host. Where the next attempt goes is the engine's
     * decision.
     */
    private void refused() {
        if (fail(Attempt.Failure.REFUSED_STREAM, new IOException("stream refused")) && line.stops()) {
            line.cancel();
        }
    }

    /** Deliver command: the response is the caller's from now on. */
    void choose() {
        chosen = true;
    }

    /** The engine wants no more of it. */
    void cancel() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean started = line.stops();
        leave();
        if (started) {
            line.cancel();
        }
        report(tracer.summary(false, null));
        if (chosen) {
            LocalStatus local = LocalStatus.brokenOff(owner.isLate(attempt, 0));
            owner.downstream.elsewhere(() -> owner.downstream.close(local.status(), local.trailers()));
        }
    }

    /** @return false: somebody else has closed it */
    boolean close() {
        boolean first = closed.compareAndSet(false, true);
        if (first) {
            leave();
        }
        return first;
    }

    private void leave() {
        if (copy == null) {
            owner.upload.leave(this);
        } else {
            owner.upload.leave(copy);
        }
    }

    /** The attempt's last event, from whoever has closed it. */
    void report(Attempt.Closed summary) {
        attempt.closed(summary);
        if (!isMirror()) {
            owner.landed();
        }
    }
}
