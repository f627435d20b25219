package dev.weft.engine;

import static dev.weft.engine.Nanos.NEVER;

import dev.weft.config.CorsPolicy;
import dev.weft.config.VirtualHost;
import dev.weft.request.GrpcContent;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.request.ResponseHead;
import dev.weft.resilience.fault.DrawnFault;
import dev.weft.route.Cors;
import dev.weft.route.RouteDecision;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One outbound call: what comes in, where it is, and how it ends. In the order a call meets them: {@link Opening}, then its
 * {@link Tries}, then {@link #deliver} or {@link #reply}, and {@link #finish}.
 */
final class OutboundExchange extends SerialEvents implements Exchange {
    private static final Logger log = LoggerFactory.getLogger(OutboundEngine.class);

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
            case CONNECTED -> all.onConnected(attempt);
            case HEADERS -> all.onHeaders(attempt, (ResponseHead) Objects.requireNonNull(what));
            case FAILED -> all.onFailed(attempt, (Attempt.Failure) Objects.requireNonNull(what), cause);
            case CLOSED -> all.onClosed(attempt, (Attempt.Closed) Objects.requireNonNull(what));
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
            reply(LocalReplies.timeout(this, book.startNanos));
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

    void startRouteTimeout() {
        long timeout = bodyComplete ? Timeouts.ofRoute(this) : NEVER;
        if (timeout != NEVER) {
            deadline = Nanos.earlier(deadline, Nanos.after(engine.now(), timeout));
        }
    }

    private void onRequestComplete() {
        if (bodyComplete) {
            return;
        }
        bodyComplete = true;
        if (tries != null && phase != Phase.OVER) {
            startRouteTimeout();
            tries.startTryTimeout();
            arm();
        }
    }

    private void onWake() {
        wish = NEVER;
        long now = engine.now();
        boolean late = Nanos.reached(deadline, now);
        if (late && mirrors != null) {
            mirrors.cancel();
        }
        if (phase == Phase.WAITING || phase == Phase.DELAYED) {
            if (late) {
                reply(LocalReplies.timeout(this, now));
            } else if (Nanos.reached(resumeAt, now)) {
                Opening.resume(this);
            }
        } else if (tries != null && phase == Phase.TRYING) {
            tries.onTime(now, late);
        } else if (tries != null && phase == Phase.DELIVERING && late && tries.drop()) {
            book.flag(ResponseFlag.UT);
        }
        arm();
    }

    private void onCancel() {
        if (phase == Phase.OVER) {
            return;
        }
        book.flag(ResponseFlag.DC);
        abandon();
    }

    private void onWithdraw() {
        if (phase != Phase.OVER) {
            book.withdraw();
            abandon();
        }
    }

    private void abandon() {
        if (tries != null) {
            tries.drop();
        }
        // The rest of a delivered response is reported by the attempt's end.
        if (phase != Phase.DELIVERING) {
            finish(0, null);
        }
        arm();
    }

    /** Asks to be woken for whatever is due next; nothing while that has not changed. */
    void arm() {
        long next = switch (phase) {
            case NEW, OVER -> NEVER;
            case WAITING, DELAYED -> Nanos.earlier(resumeAt, deadline);
            case TRYING, DELIVERING -> tries == null ? NEVER : tries.nextTime();
        };
        if (mirrors != null && mirrors.running()) {
            next = Nanos.earlier(next, deadline);
        }
        if (next != wish) {
            wish = next;
            adapter.wakeAt(next);
        }
    }

    /** Terminal: this attempt's response is the caller's. */
    void deliver(OutboundAttempt attempt, ResponseHead response) {
        ResponseHead changed = InternalHeaders.stripped(response);
        if (decision instanceof RouteDecision.Forward forward) {
            changed = forward.respond(changed);
            CorsPolicy cors = forward.route().cors();
            if (corsPassed && cors != null) {
                changed = Cors.respond(cors, forward.normalised(), changed);
            }
        }
        attempt.responseHead(withCookie(changed));
        phase = Phase.DELIVERING;
        arm();
        adapter.deliver(attempt);
    }

    /** A hash policy may have made up a cookie, which the caller must bring back to stay on his host. */
    private ResponseHead withCookie(ResponseHead response) {
        String cookie = tries == null ? null : tries.choice.setCookie();
        return cookie == null
                ? response
                : new ResponseHead(
                        response.status(),
                        response.headers().toBuilder().add("set-cookie", cookie).build());
    }

    /** Terminal: the mesh answers itself. */
    void reply(LocalReply given) {
        LocalReply worded = book.worded(given);
        if (corsPassed && decision instanceof RouteDecision.Forward forward) {
            worded = LocalReplies.withCors(worded, forward);
        }
        if (grpc) {
            worded = GrpcWords.translate(worded);
        }
        book.reply = worded;
        finish(worded.status(), null);
        arm();
        adapter.reply(worded);
    }

    /**
     * No host can be reached: terminal, unless the caller would rather wait.
     *
     * @param hosts that were not good enough, or null: it did not come so far
     */
    void unreachable(LocalReply refusal, @Nullable Object hosts) {
        if (!Patience.mayWait(this)) {
            reply(refusal);
            return;
        }
        if (patience == null) {
            patience = new Patience(this);
        }
        patience.await(refusal, hosts);
    }

    /** @param last the end of the delivered attempt, if one was delivered */
    void finish(int status, Attempt.@Nullable Closed last) {
        if (phase == Phase.WAITING) {
            engine.stopWaiting(this);
        }
        phase = Phase.OVER;
        if (counted) {
            counted = false;
            engine.ended();
        }
        if (tries != null) {
            tries.release();
        }
        book.close(this, status, last);
    }

    @Override
    void handleDefect(Throwable defect) {
        log.warn(
                "a call to {} failed inside the mesh; this is a defect in Weft or in its adapter",
                head.authority(),
                defect);
        boolean undecided = phase != Phase.DELIVERING && phase != Phase.OVER;
        guarded(() -> {
            if (tries != null) {
                tries.drop();
            }
        });
        if (undecided) {
            guarded(() -> reply(LocalReplies.defect(defect)));
        }
    }

    private static void guarded(Runnable command) {
        try {
            command.run();
        } catch (RuntimeException | Error e) {
            log.warn("an adapter could not be told about it", e);
        }
    }
}
