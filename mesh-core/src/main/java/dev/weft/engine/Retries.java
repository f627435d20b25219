package dev.weft.engine;

import dev.weft.resilience.retry.Backoff;
import dev.weft.route.RouteDecision;
import org.jspecify.annotations.Nullable;

/**
 * How many further tries a call has used, and the place in the cluster's retry limit that the running one holds. Used by
 * handlers only.
 */
final class Retries {

    /** What was decided after an attempt. */
    enum Verdict {
        RETRY("retried"),
        BESIDE("not repeated: the next try found nobody to go to, and this one goes on"),
        HINT("not retried: the caller asked for one attempt"),
        METHOD(
                "not retried: a server may have acted on it, and neither the method nor anybody says that it is idempotent"),
        BODY("not retried: the request body cannot be sent again"),
        USED_UP("not retried: all retries are used up (URX)"),
        TOO_LATE("not retried: the back-off would pass the deadline"),
        LIMIT("not retried: the cluster's retry limit is reached (UO)");

        final String words;

        Verdict(String words) {
            this.words = words;
        }
    }

    private int used;
    private boolean holding;
    // When the back-off ends; NEVER while none runs.
    private long resumeAt = Nanos.NEVER;

    /** Decides about a case that the policy's conditions cover. {@link Verdict#RETRY} takes a place in the limit. */
    Verdict decide(Tries tries, OutboundAttempt of, long now) {
        OutboundExchange exchange = tries.exchange;
        release(tries.destination);
        if (exchange.options.hints().noRetry()) {
            return Verdict.HINT;
        }
        if (mayHaveActed(of.failure)
                && exchange.decision instanceof RouteDecision.Forward forward
                && !Precedence.mayReachTwoServers(forward.action(), exchange.options, exchange.head.method())) {
            return Verdict.METHOD;
        }
        if (!exchange.replayable) {
            return Verdict.BODY;
        }
        if (used >= tries.policy.retries()) {
            return Verdict.USED_UP;
        }
        long at = now + Backoff.nanos(tries.policy, used + 1, exchange.engine.dice());
        if (Nanos.reached(exchange.deadline(), at)) {
            return Verdict.TOO_LATE;
        }
        if (!tries.destination.tryStartRetry(now)) {
            return Verdict.LIMIT;
        }
        used++;
        holding = true;
        resumeAt = at;
        return Verdict.RETRY;
    }

    private static boolean mayHaveActed(Attempt.@Nullable Failure failure) {
        return failure == null
                || switch (failure) {
                    case CONNECT, TLS, POOL_OVERFLOW, REFUSED_STREAM, RESET_BEFORE_REQUEST -> false;
                    case RESET, TIMEOUT -> true;
                };
    }

    /** When the back-off ends; {@link Nanos#NEVER} while none runs. */
    long resumeAt() {
        return resumeAt;
    }

    /** The next attempt is being made. */
    void resumed() {
        resumeAt = Nanos.NEVER;
    }

    /** Gives the place back, if one is held: the retry has been decided about, or the call is over. */
    void release(Destination destination) {
        if (holding) {
            holding = false;
            destination.retryEnded();
        }
    }
}
