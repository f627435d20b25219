package dev.weft.engine;

import dev.weft.authz.Arrival;
import dev.weft.authz.Denial;
import dev.weft.authz.Stage;
import dev.weft.config.HeaderOps;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import dev.weft.request.Deadline;
import dev.weft.request.GrpcContent;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.telemetry.MeshObserver.InboundObserver;
import dev.weft.telemetry.MeshObserver.InboundSummary;
import dev.weft.telemetry.MeshObserver.Scope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request at a guarded server, from its head to the last byte of its answer. A guard asks {@link #decide} once, asks {@link
 * #refusal} right before it would run the handler, opens {@link #enter} around it, and reports exactly one of {@link #finished}
 * and {@link #lost}. All methods may be called from any thread, one after the other.
 */
public final class InboundExchange {
    private final InboundEngine engine;
    private final RequestHead arrived;
    private final Peer peer;
    private final @Nullable InboundGate gate;
    private final ArrivedHead normal;
    private final Arrival arrival;
    private final Deadline deadline;
    private final InboundObserver observer;
    private final long startNanos;
    private final AtomicBoolean over = new AtomicBoolean();

    // Written by the thread that learns of a refusal, read at the end by whichever thread ends.
    private volatile @Nullable LocalReply refused;

    InboundExchange(InboundEngine engine, RequestHead arrived, Peer peer, @Nullable InboundGate gate) {
        this.engine = engine;
        this.arrived = arrived;
        this.peer = peer;
        this.gate = gate;
        startNanos = engine.now();
        deadline = WireDeadline.of(arrived.headers(), startNanos);
        InetAddress remote = address(peer.remote());
        InetAddress forwardedFor = remote;
        if (gate == null) {
            normal = ArrivedHead.untreated(arrived);
        } else {
            var rules = gate.port(peer.servicePort()).said().heads();
            normal = ArrivedHead.of(arrived, peer, rules);
            forwardedFor = ArrivedHead.forwardedFor(arrived, remote, rules.trustedHops());
        }
        arrival = new Arrival(
                normal.head(),
                peer.identity(),
                new Arrival.Connection(remote, address(peer.local()), peer.servicePort(), peer.encrypted(), peer.sni()),
                forwardedFor);
        observer = engine.observer().inbound(normal.head());
        engine.began();
    }

    private static @Nullable InetAddress address(@Nullable InetSocketAddress socket) {
        return socket == null ? null : socket.getAddress();
    }

    /**
     * Judges who calls and what it may do. Asked once, before {@link #refusal} and before the body is read. Completes with the mesh's
     * own answer, or with null: the handler is to run. It is complete already unless somebody else must be asked. The caller of
     * the request gets status, headers and body; the reason is for logs, a remote caller is not told it. Never fails.
     */
    public CompletionStage<@Nullable LocalReply> decide() {
        InboundGate judged = gate;
        if (judged == null) {
            return Stage.PASS;
        }
        LocalReply outright = outright(judged);
        if (outright != null) {
            return Stage.refuse(refuse(outright));
        }
        return judge(judged.port(peer.servicePort()).stages(), 0);
    }

    /**
     * The same for a server that has mapped the request already, by its own reading of the path: that path is judged as well, and both
     * must pass.
     *
     * @param dispatched the path that the server goes by, without query, escapes decoded
     */
    public CompletionStage<@Nullable LocalReply> decide(String dispatched) {
        arrival.dispatchedAs(dispatched);
        return decide();
    }

    /** What is refused whatever the rules say. */
    private @Nullable LocalReply outright(InboundGate judged) {
        String closed = judged.refusal();
        if (closed != null) {
            return LocalReply.of(503, ResponseFlag.NC, closed, "no configuration");
        }
        String connection = judged.refusesConnection(peer.servicePort(), peer.encrypted());
        if (connection == null && peer.encrypted()) {
            connection = refusesCaller(judged.port(peer.servicePort()).said().callers());
        }
        return connection == null ? normal.refusal() : Denial.because(connection);
    }

    /** The handshake has seen to this already; but a guard that was set up without it must not let anybody in. */
    private @Nullable String refusesCaller(List<String> beginnings) {
        SpiffeId id = peer.identity().spiffeId();
        if (id == null) {
            return "port " + peer.servicePort() + ": the caller showed no certificate of the mesh in its handshake";
        }
        if (beginnings.isEmpty()) {
            return null;
        }
        String name = arrival.principal();
        for (String beginning : beginnings) {
            if (name != null && name.startsWith(beginning)) {
                return null;
            }
        }
        return "port " + peer.servicePort() + ": caller " + id + " is of none of " + beginnings;
    }

    private CompletionStage<@Nullable LocalReply> judge(Stage[] stages, int from) {
        for (int i = from; i < stages.length; i++) {
            CompletionStage<@Nullable LocalReply> verdict = judge(stages[i]);
            if (verdict == Stage.PASS) {
                continue;
            }
            CompletableFuture<@Nullable LocalReply> result = verdict.toCompletableFuture();
            int next = i + 1;
            if (!result.isDone()) {
                return result.handle(InboundExchange::orDenied)
                        .thenCompose(reply -> reply == null ? judge(stages, next) : Stage.refuse(refuse(reply)));
            }
            LocalReply reply = result.handle(InboundExchange::orDenied).join();
            if (reply != null) {
                return Stage.refuse(refuse(reply));
            }
        }
        return Stage.PASS;
    }

    private CompletionStage<@Nullable LocalReply> judge(Stage stage) {
        // Whom a stage asks has no more time than the caller gives us.
        Inbound.Scope scope = deadline.exists() ? new Inbound(deadline, caller()).open() : null;
        try {
            return stage.judge(arrival);
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            if (scope != null) {
                scope.close();
            }
        }
    }

    /** Who fails to judge lets nobody in. */
    private static @Nullable LocalReply orDenied(@Nullable LocalReply reply, @Nullable Throwable failure) {
        if (failure == null) {
            return reply;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return Denial.because("a rule could not be judged, so nobody is let in: " + cause);
    }

    private LocalReply refuse(LocalReply reply) {
        LocalReply worded = GrpcContent.in(arrived.headers()) ? GrpcWords.toPeer(reply) : reply;
        refused = worded;
        return worded;
    }

    /**
     * The mesh's own answer, or null: the handler is to run. Judged is whether there is time left. Asked again later it may have
     * changed, because time has passed. The caller of the request gets status, headers and body; the reason is for logs, a remote
     * caller is not told it.
     */
    public @Nullable LocalReply refusal() {
        if (Nanos.reached(deadline.atNanos(), engine.now())) {
            return refuse(LocalReplies.deadlinePassed(arrived, engine.now() - startNanos));
        }
        return null;
    }

    /**
     * What the application may see, and what is to be dispatched: without fields that only the mesh may write, the path in the form that
     * was judged. Final after {@link #decide}.
     */
    public RequestHead head() {
        return arrival.head();
    }

    /** Who calls, as far as it was proved: by certificate, and after {@link #decide} by a JWT too. */
    public PeerIdentity caller() {
        return arrival.caller();
    }

    /** What {@link #decide} wants changed in the answer of the handler. */
    public HeaderOps responseHeaders() {
        return arrival.responseHeaders();
    }

    /** Until when the caller waits, or {@link Deadline#NONE}. */
    public Deadline deadline() {
        return deadline;
    }

    /** Nanoseconds until {@link #deadline}: negative when it is over, {@link Long#MAX_VALUE} when there is none. */
    public long remainingNanos() {
        return deadline.remaining(engine.now());
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
        finished(status, refusal == null ? null : refusal.grpcStatus());
    }

    /**
     * The response is complete.
     *
     * @param status that was sent
     * @param grpcStatus that was sent, or null: none, or nobody saw it
     */
    public void finished(int status, @Nullable Integer grpcStatus) {
        LocalReply refusal = refused;
        end(
                status,
                grpcStatus,
                refusal == null ? Set.of() : refusal.flags(),
                refusal == null ? null : refusal.reason());
    }

    /** The connection broke before the response was complete. */
    public void lost() {
        end(0, null, EnumSet.of(ResponseFlag.DC), null);
    }

    private void end(int status, @Nullable Integer grpcStatus, Set<ResponseFlag> flags, @Nullable String reason) {
        if (over.compareAndSet(false, true)) {
            engine.ended();
            engine.observer()
                    .finished(
                            observer,
                            new InboundSummary(
                                    arrival.head(),
                                    arrival.caller(),
                                    status,
                                    grpcStatus,
                                    flags,
                                    reason,
                                    arrival.notes(),
                                    engine.now() - startNanos));
        }
    }
}
