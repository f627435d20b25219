package dev.weft.engine;

import dev.weft.config.CorsPolicy;
import dev.weft.engine.OutboundExchange.Phase;
import dev.weft.request.LocalReply;
import dev.weft.request.ResponseHead;
import dev.weft.route.Cors;
import dev.weft.route.RouteDecision;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a call ends for its caller: with a server's answer, or with the mesh's own. Used by handlers only. */
final class Endings {
    private static final Logger log = LoggerFactory.getLogger(OutboundEngine.class);

    private Endings() {}

    /** Terminal: this attempt's response is the caller's. */
    static void deliver(OutboundExchange exchange, OutboundAttempt attempt, ResponseHead response) {
        ResponseHead changed = InternalHeaders.stripped(response);
        if (exchange.decision instanceof RouteDecision.Forward forward) {
            changed = forward.respond(changed);
            CorsPolicy cors = forward.route().cors();
            if (exchange.corsPassed && cors != null) {
                changed = Cors.respond(cors, forward.normalised(), changed);
            }
        }
        attempt.responseHead(withCookie(exchange, changed));
        exchange.phase = Phase.DELIVERING;
        exchange.arm();
        exchange.adapter.deliver(attempt);
    }

    /** A hash policy may have made up a cookie, which the caller must bring back to stay on his host. */
    private static ResponseHead withCookie(OutboundExchange exchange, ResponseHead response) {
        String cookie = exchange.tries == null ? null : exchange.tries.choice.setCookie();
        return cookie == null
                ? response
                : new ResponseHead(
                        response.status(),
                        response.headers().toBuilder().add("set-cookie", cookie).build());
    }

    /** Terminal: the mesh answers itself. */
    static void reply(OutboundExchange exchange, LocalReply given) {
        LocalReply worded = exchange.book.worded(given);
        if (exchange.corsPassed && exchange.decision instanceof RouteDecision.Forward forward) {
            worded = LocalReplies.withCors(worded, forward);
        }
        if (exchange.grpc) {
            worded = GrpcWords.translate(worded);
        }
        exchange.book.reply = worded;
        finish(exchange, worded.status(), null);
        exchange.arm();
        exchange.adapter.reply(worded);
    }

    /**
     * No host can be reached: terminal, unless the caller would rather wait.
     *
     * @param hosts that were not good enough, or null: it did not come so far
     */
    static void unreachable(OutboundExchange exchange, LocalReply refusal, @Nullable Object hosts) {
        if (!Patience.mayWait(exchange)) {
            reply(exchange, refusal);
            return;
        }
        if (exchange.patience == null) {
            exchange.patience = new Patience(exchange);
        }
        exchange.patience.await(refusal, hosts);
    }

    /** The caller wants no answer any more. */
    static void abandon(OutboundExchange exchange) {
        if (exchange.tries != null) {
            exchange.tries.drop();
        }
        // The rest of a delivered response is reported by the attempt's end.
        if (exchange.phase != Phase.DELIVERING) {
            finish(exchange, 0, null);
        }
        exchange.arm();
    }

    /** @param last the end of the delivered attempt, if one was delivered */
    static void finish(OutboundExchange exchange, int status, Attempt.@Nullable Closed last) {
        exchange.over();
        if (exchange.tries != null) {
            exchange.tries.release();
        }
        exchange.book.close(exchange, status, last);
    }

    /** A handler, or a command that it gave, has thrown: whatever it was, the caller hears of an end. */
    static void defect(OutboundExchange exchange, Throwable defect) {
        log.warn(
                "a call to {} failed inside the mesh; this is a defect in Weft or in its adapter",
                exchange.head.authority(),
                defect);
        boolean undecided = exchange.phase != Phase.DELIVERING && exchange.phase != Phase.OVER;
        guarded(() -> {
            if (exchange.tries != null) {
                exchange.tries.drop();
            }
        });
        if (undecided) {
            guarded(() -> reply(exchange, LocalReplies.defect(defect)));
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
