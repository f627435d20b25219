package dev.weft.engine;

import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.request.ResponseHead;
import dev.weft.resilience.retry.LocalFailure;
import dev.weft.route.Cors;
import dev.weft.route.RouteDecision;
import dev.weft.upstream.Host;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engine's answers. Bodies are Envoy's words, because people and their tests know them; reasons are ours: the route, the
 * cluster, what was wrong, which value and what was expected.
 */
final class LocalReplies {
    private static final String NO_HEADERS = "upstream connect error or disconnect/reset before headers. ";

    private LocalReplies() {}

    /** {@code route reviews-v2}, or {@code route [3] of reviews:9080} where nobody gave a name. */
    static String route(@Nullable RouteDecision decision) {
        if (decision instanceof RouteDecision.Forward forward) {
            String name = forward.route().name();
            return "route "
                    + (name.isEmpty()
                            ? "[" + forward.routeIndex() + "] of "
                                    + forward.virtualHost().name()
                            : name);
        }
        return "outbound policy";
    }

    private static String place(Tries tries) {
        return route(tries.exchange.decision) + ": cluster "
                + tries.destination.cluster().name();
    }

    static LocalReply noCluster(RouteDecision.Forward forward) {
        String reason = route(forward) + ": cluster " + forward.choice().cluster()
                + ": not in the configuration (NC); does the subset or host exist?";
        return new LocalReply(503, EnumSet.of(ResponseFlag.NC), reason, "", Headers.EMPTY, null);
    }

    static LocalReply noConfiguration(OutboundExchange exchange) {
        WithoutConfiguration without = exchange.engine.without();
        String reason = exchange.awaited == null
                ? "no configuration (NC) within " + Nanos.say(without.holdNanos()) + ": "
                        + without.why().get()
                : "virtual host " + exchange.awaited.name()
                        + ": no configuration (NC), its routes did not arrive within "
                        + Nanos.say(OutboundEngine.ROUTES_WAIT_NANOS);
        return LocalReply.of(503, ResponseFlag.NC, reason, "no configuration");
    }

    static LocalReply closed() {
        return LocalReply.of(503, ResponseFlag.NC, "no configuration (NC): the mesh is closed", "mesh closed");
    }

    static LocalReply noHealthyHost(Tries tries) {
        String reason = place(tries) + ": no healthy host (UH), " + tries.destination.health();
        return LocalReply.of(503, ResponseFlag.UH, reason, "no healthy upstream");
    }

    static LocalReply overflow(Tries tries) {
        String reason = place(tries) + ": request limit reached (UO), at most "
                + tries.destination.cluster().breakers().maxRequests() + " at once were expected";
        return overflow(reason);
    }

    private static LocalReply overflow(String reason) {
        return new LocalReply(
                503,
                EnumSet.of(ResponseFlag.UO),
                reason,
                NO_HEADERS + "reset reason: overflow",
                Headers.of("content-type", "text/plain", "x-envoy-overloaded", "true"),
                null);
    }

    static LocalReply notSecure(Tries tries, Host host, String missing) {
        String reason = place(tries) + ": host " + host + ": refused (UF), " + missing;
        return LocalReply.of(503, ResponseFlag.UF, reason, NO_HEADERS + "reset reason: connection failure");
    }

    /** The call's own time is over. */
    static LocalReply timeout(OutboundExchange exchange, long now) {
        long took = now - exchange.book.startNanos;
        boolean callers = exchange.callersTimeIsOver(now);
        String whose = callers ? "the caller's deadline" : Bounds.timeoutOf(exchange);
        String reason = (exchange.tries == null ? route(exchange.decision) : place(exchange.tries)) + ": " + whose
                + " passed (UT) after " + Nanos.say(took);
        return timeout(exchange.patience == null ? reason : reason + "; " + exchange.patience.words());
    }

    /** A request that came too late, or waited too long for its handler. */
    static LocalReply deadlinePassed(RequestHead head, long waited) {
        return timeout(
                head.method() + " " + head.authority() + ": the caller's deadline passed (UT) before the handler ran,"
                        + " after " + Nanos.say(waited) + " here");
    }

    private static LocalReply timeout(String reason) {
        return LocalReply.of(504, ResponseFlag.UT, reason, "upstream request timeout");
    }

    /** What the last attempt died of. */
    static LocalReply failure(Tries tries, OutboundAttempt attempt, Attempt.Failure failure) {
        String reason = place(tries) + ": " + attempt + ": " + words(failure)
                + (attempt.cause == null ? "" : ", " + attempt.cause)
                + (attempt.verdict == null ? "" : "; " + attempt.verdict.words);
        return switch (failure) {
            case TIMEOUT -> timeout(reason);
            case POOL_OVERFLOW -> overflow(reason);
            default ->
                LocalReply.of(
                        503,
                        flag(failure),
                        reason,
                        NO_HEADERS + (attempt.number() > 1 ? "retried and the latest " : "") + "reset reason: "
                                + envoyWords(failure));
        };
    }

    private static ResponseFlag flag(Attempt.Failure failure) {
        return switch (failure) {
            case CONNECT, TLS -> ResponseFlag.UF;
            case POOL_OVERFLOW -> ResponseFlag.UO;
            case REFUSED_STREAM -> ResponseFlag.UR;
            case RESET_BEFORE_REQUEST, RESET -> ResponseFlag.UC;
            case TIMEOUT -> ResponseFlag.UT;
        };
    }

    private static String words(Attempt.Failure failure) {
        return switch (failure) {
            case CONNECT -> "no connection (UF)";
            case TLS -> "no trusted connection (UF)";
            case POOL_OVERFLOW -> "no place for another request in the connection pool (UO)";
            case REFUSED_STREAM -> "stream refused (UR)";
            case RESET_BEFORE_REQUEST -> "connection lost before the request was sent (UC)";
            case RESET -> "connection lost before a response came (UC)";
            case TIMEOUT -> "no response within the time of one try (UT)";
        };
    }

    private static String envoyWords(Attempt.Failure failure) {
        return switch (failure) {
            case CONNECT, TLS -> "connection failure";
            case POOL_OVERFLOW -> "overflow";
            case REFUSED_STREAM -> "remote refused stream reset";
            case RESET_BEFORE_REQUEST, RESET -> "connection termination";
            case TIMEOUT -> "local reset";
        };
    }

    /** The retry condition's word for it. */
    static LocalFailure localFailure(Attempt.Failure failure) {
        return switch (failure) {
            case CONNECT, TLS -> LocalFailure.CONNECT;
            case POOL_OVERFLOW -> LocalFailure.OVERFLOW;
            case REFUSED_STREAM -> LocalFailure.REFUSED_STREAM;
            case RESET_BEFORE_REQUEST -> LocalFailure.RESET_BEFORE_REQUEST;
            case RESET -> LocalFailure.RESET;
            case TIMEOUT -> LocalFailure.PER_TRY_TIMEOUT;
        };
    }

    static LocalReply withCors(LocalReply reply, RouteDecision.Forward forward) {
        if (forward.route().cors() == null) {
            return reply;
        }
        Headers headers = Cors.respond(
                        forward.route().cors(), forward.normalised(), new ResponseHead(reply.status(), reply.headers()))
                .headers();
        return new LocalReply(reply.status(), reply.flags(), reply.reason(), reply.body(), headers, reply.grpcStatus());
    }

    static LocalReply defect(Throwable defect) {
        return new LocalReply(
                500, Set.of(), "a defect in the mesh: " + defect, "", Headers.of("content-type", "text/plain"), null);
    }
}
