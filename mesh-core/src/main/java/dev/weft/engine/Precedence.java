package dev.weft.engine;

import dev.weft.config.RetryPolicy;
import dev.weft.config.RouteAction;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose word holds for a call, field by field: what the route's author wrote, else what the client declares, else the default that
 * is in the route. Hints and inherited deadlines bound what comes out. Allocates nothing for a client that declares nothing.
 */
final class Precedence {
    private Precedence() {}

    /** Of the whole call; null or zero is none. */
    static @Nullable Duration timeout(RouteAction.Forward action, CallDefaults declared) {
        return isClientsTimeout(action, declared) ? declared.timeout() : action.timeout();
    }

    static boolean isClientsTimeout(RouteAction.Forward action, CallDefaults declared) {
        return declared.timeout() != null && action.written().timeout() == null;
    }

    static boolean areClientsRetries(RouteAction.Forward action, CallDefaults declared) {
        return declared.retry() != null && action.written().retries() == null;
    }

    /** A bound of single tries goes with retries: where the author wrote that there are none, the timeout alone holds. */
    static boolean isClientsPerTry(RouteAction.Forward action, CallDefaults declared) {
        return declared.retry() != null
                && declared.retry().perTryTimeout() != null
                && action.written().perTryTimeout() == null
                && (action.written().retries() == null || action.retry().retries() > 0);
    }

    /**
     * Conditions, attempts and the bound of one try.
     *
     * @param hashes the cluster prefers a host for each key; then only the route says whether retries leave that host
     */
    static RetryPolicy retry(RouteAction.Forward action, CallDefaults declared, boolean hashes) {
        RetryPolicy clients = declared.retry();
        if (clients == null) {
            return action.retry();
        }
        RetryPolicy policy = areClientsRetries(action, declared) ? clients : action.retry();
        policy = policy.withHedges(action.retry().hedges());
        boolean avoid = hashes ? action.retry().avoidPreviousHosts() : policy.avoidPreviousHosts();
        if (avoid != policy.avoidPreviousHosts()) {
            policy = policy.withAvoidPreviousHosts(avoid);
        }
        Duration perTry = isClientsPerTry(action, declared)
                ? clients.perTryTimeout()
                : action.retry().perTryTimeout();
        return Objects.equals(perTry, policy.perTryTimeout()) ? policy : policy.withPerTryTimeout(perTry);
    }

    /**
     * Whether a call may be made twice when a server may have acted on it already. The policy of a route repeats whatever it
     * covers, as Envoy does. What a client declares is for all of its methods, and repeats the others only where they are said to
     * be idempotent; gRPC has no other method than POST, so there everything has to be said.
     */
    static boolean mayReachTwoServers(RouteAction.Forward action, ExchangeOptions options, String method) {
        return !areClientsRetries(action, options.defaults())
                || options.defaults().idempotent()
                || options.hints().idempotent()
                || isIdempotent(method);
    }

    /** RFC 9110, section 9.2.2. */
    private static boolean isIdempotent(String method) {
        return switch (method) {
            case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }
}
