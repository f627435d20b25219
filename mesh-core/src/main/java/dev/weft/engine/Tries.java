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

/** The attempts of one call to the cluster that its route chose, one after the other. Used by handlers only. */
final class Tries {
    final OutboundExchange exchange;
    final Destination destination;
    final RequestHead base;
    final RetryPolicy policy;
    final HostChoice choice = new HostChoice(this);

    /** The newest; each knows the one before it. */
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

    /** The first attempt, or the first after the call had to wait for a host. */
    void begin() {
        send(current == null ? Attempt.Kind.PRIMARY : Attempt.Kind.RETRY);
    }

    private void send(Attempt.Kind kind) {
        if (retries != null) {
            retries.resumed();
        }
        if (!destination.tryStartRequest()) {
            exchange.reply(LocalReplies.overflow(this));
            return;
        }
        Host host = choice.next();
        if (host == null) {
            destination.requestEnded();
            exchange.unreachable(LocalReplies.noHealthyHost(this));
            return;
        }
        UpstreamTls tls = TlsChoice.of(destination.cluster(), host);
        String missing = TlsChoice.missing(
                tls, "https".equals(exchange.head.scheme()), exchange.abilities, exchange.engine.identity());
        if (missing != null) {
            destination.requestEnded();
            LocalReply refusal = LocalReplies.notSecure(this, host, missing);
            // An identity may yet come; a client that cannot encrypt will not learn it.
            if (tls != null && exchange.abilities.tls()) {
                exchange.unreachable(refusal);
            } else {
                exchange.reply(refusal);
            }
            return;
        }
        int number = current == null ? 1 : current.number() + 1;
        OutboundAttempt next = new OutboundAttempt(this, kind, number, destination, host, tls, choice, current);
        current = next;
        exchange.arm();
        next.send();
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
        } else if (!RetryConditions.met(policy, response) || !retry(of)) {
            release();
            exchange.deliver(of, response);
        }
    }

    void onFailed(OutboundAttempt of, Attempt.Failure failure, @Nullable Throwable cause) {
        if (of.dropped || of.closed || of.status != 0) {
            return;
        }
        of.lost(failure, cause);
        if (of.kind() != Attempt.Kind.MIRROR) {
            afterFailure(of, failure);
        }
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
        long resumeAt = resumeAt();
        if (resumeAt != NEVER) {
            if (late) {
                exchange.reply(LocalReplies.timeout(exchange, now));
            } else if (Nanos.reached(resumeAt, now)) {
                send(Attempt.Kind.RETRY);
            }
        } else if (of != null && (late || Nanos.reached(of.tryDeadline(), now))) {
            dropCurrent();
            // A caller in a hurry says nothing about the host.
            if (late && exchange.callersTimeIsOver(now)) {
                of.abandoned(Attempt.Failure.TIMEOUT);
            } else {
                of.lost(Attempt.Failure.TIMEOUT, null);
            }
            afterFailure(of, Attempt.Failure.TIMEOUT);
        }
    }

    private void afterFailure(OutboundAttempt of, Attempt.Failure failure) {
        if (failure == Attempt.Failure.TIMEOUT) {
            long now = exchange.engine.now();
            boolean ofTry = of.tryDeadline() != NEVER && !Nanos.reached(exchange.deadline(), now);
            if (!ofTry) {
                exchange.reply(LocalReplies.timeout(exchange, now));
                return;
            }
        }
        LocalFailure kind = LocalReplies.localFailure(failure);
        if (!RetryConditions.met(policy, kind) || !retry(of)) {
            LocalReply told = LocalReplies.failure(this, of, failure);
            if (kind == LocalFailure.CONNECT) {
                exchange.unreachable(told);
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
        if (retries == null) {
            retries = new Retries();
        }
        long now = exchange.engine.now();
        of.verdict = retries.decide(this, of, now);
        if (of.verdict == Retries.Verdict.USED_UP) {
            exchange.book.flag(ResponseFlag.URX);
        } else if (of.verdict == Retries.Verdict.LIMIT) {
            exchange.book.flag(ResponseFlag.UO);
        }
        if (of.verdict != Retries.Verdict.RETRY) {
            return false;
        }
        of.drop();
        if (Nanos.reached(retries.resumeAt(), now)) {
            send(Attempt.Kind.RETRY);
        } else {
            exchange.arm();
        }
        return true;
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
        if (of == null || of.dropped) {
            return NEVER;
        }
        return of.status == 0 ? of.deadlineNanos() : exchange.deadline();
    }

    /** Stops the attempt in flight, if there is one. */
    boolean dropCurrent() {
        return current != null && current.drop();
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
