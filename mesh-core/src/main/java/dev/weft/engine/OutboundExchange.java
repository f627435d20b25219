package dev.weft.engine;

import static dev.weft.engine.Nanos.NEVER;

import dev.weft.config.VirtualHost;
import dev.weft.request.GrpcContent;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.request.ResponseHead;
import dev.weft.resilience.fault.DrawnFault;
import dev.weft.route.RouteDecision;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One outbound call: what comes in, where it is, and how it ends. In the order a call meets them: {@link Opening}, then its
 * {@link Tries}, then one of {@link Endings}.
 */
final class OutboundExchange extends SerialEvents implements Exchange {
    /** Where a call is. */
    enum Phase {
        NEW,
        /** For configuration or for a host, until {@link #resumeAt}. */
        WAITING,
        /** By an injected delay, until {@link #resumeAt}. */
        DELAYED,
        /** An attempt is in flight or the next one is waiting for its back-off. */
        TRYING,
        /** The caller has the response head, the body is on its way. */
        DELIVERING,
        OVER
    }

    final OutboundEngine engine;
    final ExchangeOptions options;
    final Abilities abilities;
    final Adapter adapter;
    final CallBook book;
    final RequestHead head;
    final boolean grpc;

    // Written by handlers; read by adapters' threads through their attempts.
    private volatile long deadline;

    // All fields from here on are written by handlers only, which run one at a time, and read by them and by explain().
    Phase phase = Phase.NEW;

    @Nullable
    Configuration configuration;

    @Nullable
    RouteDecision decision;

    @Nullable
    VirtualHost awaited;

    DrawnFault fault = DrawnFault.NONE;

    @Nullable
    Mirrors mirrors;

    @Nullable
    Tries tries;

    /** Null: the call has not had to wait for a host. */
    @Nullable
    Patience patience;

    boolean replayable;
    boolean bodyComplete;
    boolean corsPassed;

    /** When a phase of waiting ends. */
    long resumeAt = NEVER;

    private boolean counted;
    private long wish = NEVER;

    OutboundExchange(
            OutboundEngine engine,
            RequestHead original,
            ExchangeOptions options,
            Abilities abilities,
            Adapter adapter) {
        this.engine = engine;
        this.options = options;
        this.abilities = abilities;
        this.adapter = adapter;
        book = new CallBook(engine, original);
        head = InternalHeaders.stripped(original);
        grpc = GrpcContent.in(original.headers());
        deadline = Timeouts.ofCaller(options, book.startNanos);
        replayable = options.replayable();
        bodyComplete = options.whole();
    }

    @Override
    public void start() {
        submit(Kind.START);
    }

    @Override
    public void wake() {
        submit(Kind.WAKE);
    }

    @Override
    public void cancel() {
        submit(Kind.CANCEL);
    }

    @Override
    public void withdraw() {
        submit(Kind.WITHDRAW);
    }

    @Override
    public void bodyNotReplayable() {
        submit(Kind.NOT_REPLAYABLE);
    }

    @Override
    public void requestComplete() {
        submit(Kind.REQUEST_COMPLETE);
    }

    /** There is newer configuration than the one this exchange waits with, or a cluster's hosts have changed. */
    void configured() {
        submit(Kind.CONFIGURED);
    }

    @Override
    public Explanation explain() {
        acquire();
        return Story.of(this);
    }

    @Override
    public Set<ResponseFlag> flags() {
        acquire();
        return book.flags();
    }

    /** Whether it is the caller's own limit, and not the route's, that has passed. */
    boolean callersTimeIsOver(long now) {
        return Nanos.reached(Timeouts.ofCaller(options, book.startNanos), now);
    }

    /** The earliest of route timeout and the caller's limits. */
    long deadline() {
        return deadline;
    }

    void deadline(long nanos) {
        deadline = nanos;
    }

    @Override
    void handle(Kind kind) {
        switch (kind) {
            case START -> onStart();
            case WAKE -> onWake();
            case CANCEL -> onCancel();
            case WITHDRAW -> onWithdraw();
            case CONFIGURED -> onConfigured();
            case NOT_REPLAYABLE -> replayable = false;
            case REQUEST_COMPLETE -> onRequestComplete();
            default -> throw new IllegalArgumentException(kind + " without an attempt");
        }
    }

    @Override
    void handle(Kind kind, OutboundAttempt attempt, @Nullable Object what, @Nullable Throwable cause) {
        Tries all = Objects.requireNonNull(tries);
        switch (kind) {
            case CONNECTED -> AttemptEvents.connected(all, attempt);
            case HEADERS -> AttemptEvents.headers(all, attempt, (ResponseHead) Objects.requireNonNull(what));
            case FAILED -> AttemptEvents.failed(all, attempt, (Attempt.Failure) Objects.requireNonNull(what), cause);
            case CLOSED -> AttemptEvents.closed(all, attempt, (Attempt.Closed) Objects.requireNonNull(what));
            default -> throw new IllegalArgumentException(kind + " of an attempt");
        }
    }

    private void onStart() {
        if (phase != Phase.NEW) {
            return;
        }
        counted = true;
        engine.began();
        if (Nanos.reached(deadline, book.startNanos)) {
            Endings.reply(this, LocalReplies.timeout(this, book.startNanos));
        } else {
            Opening.route(this);
        }
    }

    private void onConfigured() {
        if (phase == Phase.WAITING) {
            engine.stopWaiting(this);
            Opening.route(this);
        }
    }

    private void onRequestComplete() {
        if (bodyComplete) {
            return;
        }
        bodyComplete = true;
        if (tries != null && phase != Phase.OVER) {
            CallClock.start(this);
            TryClock.start(tries);
            arm();
        }
    }

    private void onWake() {
        wish = NEVER;
        CallClock.look(this);
        arm();
    }

    private void onCancel() {
        if (phase == Phase.OVER) {
            return;
        }
        book.flag(ResponseFlag.DC);
        Endings.abandon(this);
    }

    private void onWithdraw() {
        if (phase != Phase.OVER) {
            book.withdraw();
            Endings.abandon(this);
        }
    }

    /** Asks to be woken for whatever is due next; nothing while that has not changed. */
    void arm() {
        long next = CallClock.next(this);
        if (next != wish) {
            wish = next;
            adapter.wakeAt(next);
        }
    }

    /** Nothing is waited for any more. */
    void over() {
        if (phase == Phase.WAITING) {
            engine.stopWaiting(this);
        }
        phase = Phase.OVER;
        if (counted) {
            counted = false;
            engine.ended();
        }
    }

    @Override
    void handleDefect(Throwable defect) {
        Endings.defect(this, defect);
    }
}
