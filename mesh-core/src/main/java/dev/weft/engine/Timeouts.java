package dev.weft.engine;

import static dev.weft.engine.Nanos.NEVER;

import dev.weft.config.RouteAction;
import dev.weft.request.Hints;
import dev.weft.route.RouteDecision;
import dev.weft.runtime.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which bounds of time hold for a call. */
final class Timeouts {
    private Timeouts() {}

    /** What the caller brought: his hints and the deadline of the request that he serves. */
    static long ofCaller(ExchangeOptions options, long startNanos) {
        Hints hints = options.hints();
        long deadline = options.inherited().atNanos();
        if (hints.within() != null) {
            deadline = Nanos.earlier(deadline, Nanos.after(startNanos, nanos(hints.within())));
        }
        return hints.until() == null
                ? deadline
                : Nanos.earlier(deadline, hints.until().atNanos());
    }

    /**
     * Nanoseconds that the route, or the client where the route is silent, gives to the whole call, its retries included, from the
     * moment the request is whole and its faults are behind it. A gRPC caller's own {@code grpc-timeout} rules where the route caps
     * it. To a host that the mesh does not know, only the client has something to say.
     */
    static long ofRoute(OutboundExchange exchange) {
        CallDefaults declared = exchange.options.defaults();
        if (!(exchange.decision instanceof RouteDecision.Forward forward)) {
            return nanos(declared.timeout());
        }
        RouteAction.Forward action = forward.action();
        Duration timeout = Precedence.timeout(action, declared);
        Duration cap = action.maxGrpcTimeout();
        if (exchange.grpc && cap != null) {
            long asked = GrpcWords.timeoutNanos(exchange.head.headers().first("grpc-timeout"));
            Duration most = Precedence.isClientsTimeout(action, declared) ? timeout : cap;
            return most == null || most.isZero() ? asked : Math.min(asked, nanos(most));
        }
        return timeout == null || timeout.isZero() ? NEVER : nanos(timeout);
    }

    /** Nanoseconds that one try gets; {@link Nanos#NEVER} when only the call is bounded, also where both would be equal. */
    static long ofTry(OutboundExchange exchange) {
        Tries tries = exchange.tries;
        Duration perTry = tries == null ? null : tries.policy.perTryTimeout();
        if (perTry == null || perTry.isZero()) {
            return NEVER;
        }
        long nanos = nanos(perTry);
        return nanos >= ofRoute(exchange) ? NEVER : nanos;
    }

    /** Saturated; nobody means 292 years. */
    static long nanos(@Nullable Duration duration) {
        return duration == null ? NEVER : Durations.nanos(duration);
    }
}
