package dev.weft.engine;

import dev.weft.config.HeaderOps;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Deadline;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.telemetry.MeshObserver.InboundObserver;
import dev.weft.telemetry.MeshObserver.InboundSummary;
import dev.weft.telemetry.MeshObserver.Scope;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request at a guarded server, from its head to the last byte of its answer. A guard asks {@link #refusal} right before
 * it would run the handler, opens {@link #enter} around it, and reports exactly one of {@link #finished} and {@link #lost}.
 * All methods may be called from any thread.
 */
public final class InboundExchange {
    private final InboundEngine engine;
    private final RequestHead arrived;
    private final Peer peer;
    private final RequestHead head;
    private final Deadline deadline;
    private final InboundObserver observer;
    private final long startNanos;
    private final AtomicBoolean over = new AtomicBoolean();

    // Written by the guard's thread when it is told of a refusal, read at the end by whichever thread ends.
    private volatile @Nullable LocalReply refused;

    InboundExchange(InboundEngine engine, RequestHead arrived, Peer peer) {
        this.peer = peer;
        this.engine = engine;
        this.arrived = arrived;
        startNanos = engine.now();
        deadline = WireDeadline.of(arrived.headers(), startNanos);
        head = InternalHeaders.arrived(arrived);
        observer = engine.observer().inbound(head);
        engine.began();
    }

    /**
     * Judges who calls and what it may do. Asked once, before {@link #refusal} and before the body is read. Completes with the mesh's
     * own answer, or with null: the handler is to run. It is complete already unless somebody else must be asked. The caller of
     * the request gets status, headers and body; the reason is for logs, a remote caller is not told it.
     */
    public CompletionStage<@Nullable LocalReply> decide() {
        return CompletableFuture.completedFuture(null);
    }

    /** Who calls, as far as it was proved: by certificate, and after {@link #decide} by a JWT too. */
    public PeerIdentity caller() {
        return peer.identity();
    }

    /** What {@link #decide} wants changed in the answer of the handler. */
    public HeaderOps responseHeaders() {
        return HeaderOps.NONE;
    }

    /**
     * The mesh's own answer, or null: the handler is to run. Judged is whether there is time left. Asked again later it may have changed, because time has passed.
     * The caller of the request gets status, headers and body; the reason is for logs, a remote caller is not told it.
     */
    public @Nullable LocalReply refusal() {
        if (Nanos.reached(deadline.atNanos(), engine.now())) {
            LocalReply refusal = LocalReplies.deadlinePassed(arrived, engine.now() - startNanos);
            refused = refusal;
            return refusal;
        }
        return null;
    }

    /**
     * What the application may see, and what is to be dispatched: without fields that only the mesh may write, the path in the form that
     * was judged. Final after {@link #decide}.
     */
    public RequestHead head() {
        return head;
    }

    /** Until when the caller waits, or {@link Deadline#NONE}. */
    public Deadline deadline() {
        return deadline;
    }

    /**
     * Opens the request's scope on this thread: {@link Inbound#current} with its deadline and caller, and the observers' (the server span).
     * Closed on the same thread; a handler that goes on elsewhere opens it again there.
     */
    public Inbound.Scope enter() {
        Inbound.Scope inbound = new Inbound(deadline, caller()).open();
        Scope observers = engine.observer().enter(observer);
        return () -> {
            engine.observer().close(observers);
            inbound.close();
        };
    }

    /**
     * The response is complete.
     *
     * @param status that was sent
     */
    public void finished(int status) {
        LocalReply refusal = refused;
        end(status, refusal == null ? Set.of() : refusal.flags(), refusal == null ? null : refusal.reason());
    }

    /** The connection broke before the response was complete. */
    public void lost() {
        end(0, EnumSet.of(ResponseFlag.DC), null);
    }

    private void end(int status, Set<ResponseFlag> flags, @Nullable String reason) {
        if (over.compareAndSet(false, true)) {
            engine.ended();
            engine.observer()
                    .finished(observer, new InboundSummary(head, status, flags, reason, engine.now() - startNanos));
        }
    }
}
