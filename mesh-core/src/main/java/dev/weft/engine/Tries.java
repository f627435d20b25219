package dev.weft.engine;

import static dev.weft.engine.Nanos.NEVER;

import dev.weft.config.RetryPolicy;
import dev.weft.config.UpstreamTls;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.upstream.Host;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call to the cluster that its route chose: one after the other, or beside each other where the policy hedges. Makes
 * the next one; what one's events lead to says {@link AttemptEvents}, and what the time does {@link TryClock}. Used by handlers only.
 */
final class Tries {
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
                Endings.reply(exchange, LocalReplies.overflow(this));
            }
            return;
        }
        Object hosts = destination.hosts();
        Host host = choice.next();
        if (host == null) {
            destination.requestEnded();
            if (!othersGoOn()) {
                Endings.unreachable(exchange, LocalReplies.noHealthyHost(this), hosts);
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
            Endings.unreachable(exchange, refusal, destination.hosts());
        } else {
            Endings.reply(exchange, refusal);
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

    /** @return whether there will be another attempt after this one */
    boolean decide(OutboundAttempt of) {
        if (retries == null) {
            retries = new Retries();
        }
        of.verdict = retries.decide(this, of, exchange.engine.now());
        return of.verdict == Retries.Verdict.RETRY;
    }

    /** When the back-off ends; NEVER while an attempt is in flight. */
    long resumeAt() {
        return retries == null ? NEVER : retries.resumeAt();
    }

    /** Sends what has been decided, now or when the back-off is over. */
    void goOn() {
        if (Nanos.reached(resumeAt(), exchange.engine.now())) {
            send(current != null && current.running() ? Attempt.Kind.HEDGE : Attempt.Kind.RETRY);
        } else {
            exchange.arm();
        }
    }

    /** Whether an answer may still come from an attempt in flight. */
    boolean running() {
        for (OutboundAttempt of = current; of != null && of != earlier; of = of.previous) {
            if (of.running()) {
                return true;
            }
        }
        return false;
    }

    /** Whether something is still to be hoped for: an attempt in flight, or one that has been decided upon. */
    boolean hopeful() {
        return running() || resumeAt() != NEVER;
    }

    /** This one's answer is the caller's; no other one is wanted any more. */
    void settleOn(OutboundAttempt of) {
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

    /** Stops the attempts in flight, if there are any. */
    boolean drop() {
        boolean any = false;
        for (OutboundAttempt of = current; of != null && of != earlier; of = of.previous) {
            any |= of.drop();
        }
        return any;
    }

    /** Gives back the retry limit's place, if one is held. */
    void release() {
        if (retries != null) {
            retries.release(destination);
        }
    }

    /** How many have been made. */
    int made() {
        int made = 0;
        for (OutboundAttempt of = current; of != null; of = of.previous) {
            made = Math.max(made, of.number());
        }
        return made;
    }

    /** The caller's {@code x-request-id}, or one made up for all attempts and copies of this call. */
    String requestId() {
        if (requestId == null) {
            requestId = RequestIds.next(exchange.engine.dice());
        }
        return requestId;
    }
}
