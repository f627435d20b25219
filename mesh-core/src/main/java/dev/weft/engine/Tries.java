package dev.weft.engine;

import static dev.weft.engine.Nanos.NEVER;

import dev.weft.config.RetryPolicy;
import dev.weft.config.UpstreamTls;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.request.ResponseHead;
import dev.weft.resilience.retry.LocalFailure;
import dev.weft.resilience.retry.RetryConditions;
import dev.weft.upstream.Host;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call to the cluster that its route chose: one after the other, or beside each other where the policy hedges.
 * Then only the newest is a case for another try: the older ones have had theirs. Used by handlers only.
 */
final class Tries {
    /** Of time left, what is less is not said on the wire. */
    private static final long MILLI = 1_000_000;

    final OutboundExchange exchange;
    final Destination destination;
    final RequestHead base;
    final RetryPolicy policy;
    final HostChoice choice = new HostChoice(this);

    /** The newest, and once one has been delivered, that one; each knows the one before it. */
    @Nullable
    OutboundAttempt current;

    /** The last one that was made before the call had to wait for a host; hosts and retries that it used up count no more. */
    final @Nullable OutboundAttempt earlier;

    private @Nullable Retries retries;
    private @Nullable String requestId;

    /** @param before of the same call, before it had to wait for a host; null: there were none */
    Tries(
            OutboundExchange exchange,
            Destination destination,
            RequestHead base,
            RetryPolicy policy,
            @Nullable Tries before) {
        this.exchange = exchange;
        this.destination = destination;
        this.base = base;
        this.policy = policy;
        earlier = before == null ? null : before.current;
        current = earlier;
        if (earlier != null) {
            // A call that waits for hours must not remember every attempt of those hours.
            earlier.previous = null;
        }
        requestId = before == null ? null : before.requestId;
    }

    /** Whether a try whose time is over goes on beside the next one. */
    boolean hedges() {
        return policy.hedges() && exchange.abilities.parallelAttempts();
    }

    /** The first attempt, or the first after the call had to wait for a host. */
    void begin() {
        send(current == null ? Attempt.Kind.PRIMARY : Attempt.Kind.RETRY);
    }

    private void send(Attempt.Kind kind) {
        if (retries != null) {
            retries.resumed();
        }
        if (!destination.tryStartRequest()) {
            if (!othersGoOn()) {
                exchange.reply(LocalReplies.overflow(this));
            }
            return;
        }
        Object hosts = destination.hosts();
        Host host = choice.next();
        if (host == null) {
            destination.requestEnded();
            if (!othersGoOn()) {
                exchange.unreachable(LocalReplies.noHealthyHost(this), hosts);
            }
            return;
        }
        UpstreamTls tls = TlsChoice.of(destination.cluster(), host);
        String missing = TlsChoice.missing(
                tls, "https".equals(exchange.head.scheme()), exchange.abilities, exchange.engine.identity());
        if (missing != null) {
            destination.requestEnded();
            if (!othersGoOn()) {
                refuse(LocalReplies.notSecure(this, host, missing), tls);
            }
            return;
        }
        int number = current == null ? 1 : current.number() + 1;
        OutboundAttempt next = new OutboundAttempt(this, kind, number, destination, host, tls, choice, current);
        current = next;
        exchange.arm();
        next.send();
    }

    /** An identity may yet come; a client that cannot encrypt will not learn it. */
    private void refuse(LocalReply refusal, @Nullable UpstreamTls tls) {
        if (tls != null && exchange.abilities.tls()) {
            exchange.unreachable(refusal, destination.hosts());
        } else {
            exchange.reply(refusal);
        }
    }

    /** @return whether a new attempt that finds nobody to go to is no matter, because older ones are on their way */
    private boolean othersGoOn() {
        if (!running()) {
            return false;
        }
        OutboundAttempt newest = current;
        if (newest != null && newest.running()) {
            newest.verdict = Retries.Verdict.BESIDE;
        }
        exchange.arm();
        return true;
    }

    /** Whether an answer may still come from an attempt in flight. */
    private boolean running() {
        for (OutboundAttempt of = current; of != null && of != earlier; of = of.previous) {
            if (of.running()) {
                return true;
            }
        }
        return false;
    }

    void onConnected(OutboundAttempt of) {
        if (!of.connected) {
            of.connected = true;
            if (of == current) {
                startTryTimeout();
            }
        }
    }

    /** The time of one try begins when its connection stands and the request is whole, as in Envoy. */
    void startTryTimeout() {
        OutboundAttempt of = current;
        if (of != null && of.connected && !of.dropped && of.status == 0 && exchange.bodyComplete) {
            long timeout = Timeouts.ofTry(exchange);
            if (timeout != NEVER) {
                of.tryDeadline(Nanos.after(exchange.engine.now(), timeout));
                exchange.arm();
            }
        }
    }

    void onHeaders(OutboundAttempt of, ResponseHead response) {
        if (of.dropped || of.closed || of.status != 0) {
            return;
        }
        of.answered(response);
        if (of.kind() == Attempt.Kind.MIRROR) {
            of.responseHead(response);
        } else if (!RetryConditions.met(policy, response)) {
            deliver(of, response);
        } else if (of.superseded() || !retry(of)) {
            // Somebody else may have a better answer.
            if (running() || resumeAt() != NEVER) {
                of.drop();
                exchange.arm();
            } else {
                deliver(of, response);
            }
        }
    }

    private void deliver(OutboundAttempt of, ResponseHead response) {
        if (retries != null) {
            retries.resumed();
            release();
        }
        for (OutboundAttempt other = current; other != null && other != earlier; other = other.previous) {
            if (other != of) {
                other.drop();
            }
        }
        bringToFront(of);
        exchange.deliver(of, response);
    }

    private void bringToFront(OutboundAttempt winner) {
        OutboundAttempt newer = current;
        if (newer == winner) {
            return;
        }
        while (newer != null && newer.previous != winner) {
            newer = newer.previous;
        }
        if (newer != null) {
            newer.previous = winner.previous;
            winner.previous = current;
            current = winner;
        }
    }

    void onFailed(OutboundAttempt of, Attempt.Failure failure, @Nullable Throwable cause) {
        if (of.dropped || of.closed || of.status != 0) {
            return;
        }
        Attempt.Failure meant = ranOutOfTime(of, failure) ? Attempt.Failure.TIMEOUT : failure;
        of.lost(meant, cause);
        if (of.kind() != Attempt.Kind.MIRROR) {
            afterFailure(of, meant);
        }
    }

    /**
     * Whether a server that was told how long it may take ({@link AttemptHeaders}) resets the stream because that is over, which it may notice
     * before the timer here: a part of a millisecond was rounded away on the wire.
     */
    private boolean ranOutOfTime(OutboundAttempt of, Attempt.Failure failure) {
        if (failure != Attempt.Failure.RESET && failure != Attempt.Failure.RESET_BEFORE_REQUEST) {
            return false;
        }
        long ends = Nanos.earlier(exchange.deadline(), of.tryDeadline());
        return ends != NEVER && Nanos.reached(ends, exchange.engine.now() + MILLI);
    }

    void onClosed(OutboundAttempt of, Attempt.Closed summary) {
        if (of.closed) {
            return;
        }
        // An end without a word before it is a lost connection.
        boolean silent = !of.dropped && of.status == 0;
        if (silent) {
            of.lost(Attempt.Failure.RESET, null);
        }
        of.close(summary);
        if (of.kind() == Attempt.Kind.MIRROR) {
            exchange.arm();
        } else if (silent) {
            afterFailure(of, Attempt.Failure.RESET);
        } else if (of == current && exchange.phase == OutboundExchange.Phase.DELIVERING) {
            if (!summary.complete() && !of.dropped) {
                exchange.book.flag(ResponseFlag.UC);
            }
            exchange.finish(of.status, summary);
            exchange.arm();
        }
    }

    /** @param late the call's deadline has passed */
    void onTime(long now, boolean late) {
        OutboundAttempt of = current;
        if (late) {
            giveUp(exchange.callersTimeIsOver(now));
            exchange.reply(LocalReplies.timeout(exchange, now));
        } else if (resumeAt() != NEVER) {
            if (Nanos.reached(resumeAt(), now)) {
                send(nextKind());
            }
        } else if (of != null && of.running() && Nanos.reached(of.tryDeadline(), now)) {
            if (hedges()) {
                of.late();
                decide(of);
                goOn();
            } else {
                of.drop();
                of.lost(Attempt.Failure.TIMEOUT, null);
                afterFailure(of, Attempt.Failure.TIMEOUT);
            }
        }
    }

    private void giveUp(boolean callersTimeIsOver) {
        for (OutboundAttempt of = current; of != null && of != earlier; of = of.previous) {
            if (of.running()) {
                // A caller in a hurry says nothing about the host; neither does a host that was late already hear of it
                // twice.
                boolean told = callersTimeIsOver || of.verdict != null;
                of.drop();
                if (told) {
                    of.abandoned(Attempt.Failure.TIMEOUT);
                } else {
                    of.lost(Attempt.Failure.TIMEOUT, null);
                }
            }
        }
    }

    private Attempt.Kind nextKind() {
        return current != null && current.running() ? Attempt.Kind.HEDGE : Attempt.Kind.RETRY;
    }

    private void afterFailure(OutboundAttempt of, Attempt.Failure failure) {
        if (failure == Attempt.Failure.TIMEOUT) {
            long now = exchange.engine.now();
            boolean ofTry = of.tryDeadline() != NEVER && !Nanos.reached(exchange.deadline(), now);
            if (!ofTry) {
                giveUp(exchange.callersTimeIsOver(now));
                exchange.reply(LocalReplies.timeout(exchange, now));
                return;
            }
        }
        LocalFailure kind = LocalReplies.localFailure(failure);
        boolean again = !of.superseded() && RetryConditions.met(policy, kind) && retry(of);
        if (!again && (running() || resumeAt() != NEVER)) {
            exchange.arm();
        } else if (!again) {
            LocalReply told = LocalReplies.failure(this, of, failure);
            if (kind == LocalFailure.CONNECT) {
                exchange.unreachable(told, destination.hosts());
            } else {
                exchange.reply(told);
            }
        }
    }

    /** @return false when what became of this attempt has to be given to the caller */
    private boolean retry(OutboundAttempt of) {
        if (policy.retries() == 0) {
            return false;
        }
        if (!decide(of)) {
            flagWhyNot(of);
            return false;
        }
        of.drop();
        goOn();
        return true;
    }

    /** @return whether there will be another attempt */
    private boolean decide(OutboundAttempt of) {
        if (retries == null) {
            retries = new Retries();
        }
        of.verdict = retries.decide(this, of, exchange.engine.now());
        return of.verdict == Retries.Verdict.RETRY;
    }

    private void flagWhyNot(OutboundAttempt of) {
        if (of.verdict == Retries.Verdict.USED_UP) {
            exchange.book.flag(ResponseFlag.URX);
        } else if (of.verdict == Retries.Verdict.LIMIT) {
            exchange.book.flag(ResponseFlag.UO);
        }
    }

    /** Sends what has been decided, now or when the back-off is over. */
    private void goOn() {
        if (Nanos.reached(resumeAt(), exchange.engine.now())) {
            send(nextKind());
        } else {
            exchange.arm();
        }
    }

    /** When the back-off ends; NEVER while an attempt is in flight. */
    private long resumeAt() {
        return retries == null ? NEVER : retries.resumeAt();
    }

    /** When to look again. */
    long nextTime() {
        long resumeAt = resumeAt();
        if (resumeAt != NEVER) {
            return Nanos.earlier(resumeAt, exchange.deadline());
        }
        OutboundAttempt of = current;
        if (of == null || (of.dropped && !running())) {
            return NEVER;
        }
        return of.running() ? Nanos.earlier(of.tryDeadline(), exchange.deadline()) : exchange.deadline();
    }

    /** Stops the attempts in flight, if there are any. */
    boolean drop() {
        boolean any = false;
        for (OutboundAttempt of = current; of != null && of != earlier; of = of.previous) {
            any |= of.drop();
        }
        return any;
    }

    /** How many have been made. */
    int made() {
        int made = 0;
        for (OutboundAttempt of = current; of != null; of = of.previous) {
            made = Math.max(made, of.number());
        }
        return made;
    }

    /** Gives back the retry limit's place, if one is held. */
    void release() {
        if (retries != null) {
            retries.release(destination);
        }
    }

    /** The caller's {@code x-request-id}, or one made up for all attempts and copies of this call. */
    String requestId() {
        if (requestId == null) {
            requestId = RequestIds.next(exchange.engine.dice());
        }
        return requestId;
    }
}
