package dev.weft.engine;

import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.route.RouteDecision;
import dev.weft.telemetry.MeshObserver.AttemptObserver;
import dev.weft.telemetry.MeshObserver.CallObserver;
import dev.weft.telemetry.MeshObserver.CallSummary;
import dev.weft.telemetry.MeshObserver.DestinationObserver;
import dev.weft.upstream.Host;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is noted about one call and told to observers. Made on the caller's thread, then used by handlers only. */
final class CallBook {
    final RequestHead original;
    final long startNanos;

    /** The call had to wait for configuration. */
    boolean waited;

    @Nullable
    LocalReply reply;

    private final CallObserver call;

    private boolean withdrawn;

    // One bit for each ResponseFlag, by ordinal.
    private int flags;

    CallBook(OutboundEngine engine, RequestHead original) {
        this.original = original;
        startNanos = engine.now();
        call = engine.observer().call(original);
    }

    /** Nobody is to hear of this call any more. */
    void withdraw() {
        withdrawn = true;
    }

    void flag(ResponseFlag flag) {
        flags |= 1 << flag.ordinal();
    }

    /** What was flagged has not been the end of the call after all. */
    void unflag(ResponseFlag flag) {
        flags &= ~(1 << flag.ordinal());
    }

    Set<ResponseFlag> flags() {
        if (flags == 0) {
            return Set.of();
        }
        EnumSet<ResponseFlag> set = EnumSet.noneOf(ResponseFlag.class);
        for (ResponseFlag flag : ResponseFlag.values()) {
            if ((flags & 1 << flag.ordinal()) != 0) {
                set.add(flag);
            }
        }
        return set;
    }

    /** The reply with everything that was flagged on the way to it. */
    LocalReply worded(LocalReply given) {
        given.flags().forEach(this::flag);
        return new LocalReply(
                given.status(), flags(), given.reason(), given.body(), given.headers(), given.grpcStatus());
    }

    AttemptObserver attempt(OutboundEngine engine, Attempt.Kind kind, int number, Host host, Headers.Builder headers) {
        return engine.observer().attempt(call, kind, number, host, headers);
    }

    void finished(OutboundEngine engine, AttemptObserver attempt, int status, Attempt.@Nullable Failure failure) {
        if (attempt != AttemptObserver.NONE && !withdrawn) {
            engine.observer().finished(attempt, status, failure == null ? null : failure.name());
        }
    }

    /** The call is over. */
    void close(OutboundExchange exchange, int status, Attempt.@Nullable Closed last) {
        Tries tries = exchange.tries;
        DestinationObserver destination = tries == null ? DestinationObserver.NONE : tries.destination.observer();
        if (withdrawn || (call == CallObserver.NONE && destination == DestinationObserver.NONE)) {
            return;
        }
        OutboundEngine engine = exchange.engine;
        CallSummary summary = summary(exchange.decision, tries, status, last, engine.now() - startNanos);
        engine.observer().finished(destination, summary);
        engine.observer().finished(call, summary);
    }

    private CallSummary summary(
            @Nullable RouteDecision decision,
            @Nullable Tries tries,
            int status,
            Attempt.@Nullable Closed last,
            long durationNanos) {
        OutboundAttempt attempt = tries == null ? null : tries.current;
        Integer grpcStatus = last != null ? last.grpcStatus() : reply != null ? reply.grpcStatus() : null;
        return new CallSummary(
                original,
                tries == null ? null : tries.destination.cluster(),
                attempt == null ? null : attempt.host(),
                routeName(decision),
                status,
                grpcStatus,
                requestId(tries),
                flags(),
                reply == null ? null : reply.reason(),
                tries == null ? 0 : tries.made(),
                durationNanos,
                last == null ? 0 : last.bytesSent(),
                last == null ? 0 : last.bytesReceived());
    }

    /** The caller's own, or the one that was made up for what was sent. */
    private @Nullable String requestId(@Nullable Tries tries) {
        String written = original.headers().first("x-request-id");
        return written != null || tries == null || tries.current == null ? written : tries.requestId();
    }

    private static String routeName(@Nullable RouteDecision decision) {
        if (decision instanceof RouteDecision.Forward forward) {
            return forward.route().name();
        }
        return decision instanceof RouteDecision.Answer answer ? answer.routeName() : "";
    }
}
