package dev.weft.engine;

import static dev.weft.engine.Nanos.NEVER;

import dev.weft.request.Deadline;
import dev.weft.request.Headers;
import dev.weft.route.RouteDecision;

/** The fields that differ from one attempt of a call to the next. */
final class AttemptHeaders {
    private static final long MILLI = 1_000_000;

    private AttemptHeaders() {}

    /**
     * The call's fields with those of one attempt.
     *
     * @param number from 1; 0 for a mirror
     */
    static Headers.Builder of(Tries tries, int number) {
        Headers.Builder headers = tries.base.headers().toBuilder();
        if (headers.first("x-request-id") == null) {
            headers.add("x-request-id", tries.requestId());
        }
        OutboundExchange exchange = tries.exchange;
        if (exchange.decision instanceof RouteDecision.Forward forward) {
            if (number > 0 && forward.virtualHost().attemptCount()) {
                headers.set("x-envoy-attempt-count", number == 1 ? "1" : String.valueOf(number));
            }
            long expected = expected(tries);
            if (expected != NEVER) {
                headers.set("x-envoy-expected-rq-timeout-ms", MillisText.of(Math.max(1, expected / MILLI)));
            }
        }
        return headers;
    }

    /** What one try may take; without such a bound, what is left of the route's time, rounded up to whole milliseconds. */
    private static long expected(Tries tries) {
        OutboundExchange exchange = tries.exchange;
        // A try that the next one is sent beside may still be answered after its time.
        long ofTry = tries.hedges() ? NEVER : Timeouts.ofTry(exchange);
        long ofRoute = ofTry == NEVER ? Timeouts.ofRoute(exchange) : NEVER;
        if (ofRoute == NEVER || exchange.deadline() == NEVER) {
            return ofTry == NEVER ? ofRoute : ofTry;
        }
        return Math.min(ofRoute, exchange.deadline() - exchange.engine.now() + MILLI - 1);
    }

    /** Says how much time is left, which the next hop must not exceed. */
    static void addTimeLeft(Headers.Builder headers, Tries tries, long tryDeadline) {
        OutboundExchange exchange = tries.exchange;
        long deadline = exchange.deadline();
        long tryEnds = tries.hedges() ? NEVER : tryDeadline;
        long ofTry = tryEnds == NEVER && !tries.hedges() ? Timeouts.ofTry(exchange) : NEVER;
        if (deadline == NEVER && tryEnds == NEVER && ofTry == NEVER) {
            return;
        }
        long now = exchange.engine.now();
        long ends = Nanos.earlier(Nanos.earlier(deadline, tryEnds), Nanos.after(now, ofTry));
        String millis = MillisText.of(Math.max(1, (ends - now) / MILLI));
        headers.set(Deadline.HEADER, millis);
        if (exchange.grpc) {
            headers.set("grpc-timeout", (millis.length() > 8 ? "99999999" : millis) + "m");
        }
    }
}
