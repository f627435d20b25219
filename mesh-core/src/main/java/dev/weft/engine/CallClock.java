package dev.weft.engine;

import static dev.weft.engine.Nanos.NEVER;

import dev.weft.engine.OutboundExchange.Phase;
import dev.weft.request.ResponseFlag;

/** What the time does to a call as a whole: its deadline, the ends of its waits. Of its attempts see {@link TryClock}. Used by handlers only. */
final class CallClock {
    private CallClock() {}

    /** The route's time begins when the request is whole and its faults are behind it. */
    static void start(OutboundExchange exchange) {
        long timeout = exchange.bodyComplete ? Timeouts.ofRoute(exchange) : NEVER;
        if (timeout != NEVER) {
            exchange.deadline(Nanos.earlier(exchange.deadline(), Nanos.after(exchange.engine.now(), timeout)));
        }
    }

    /** When to look again. */
    static long next(OutboundExchange exchange) {
        long next = switch (exchange.phase) {
            case NEW, OVER -> NEVER;
            case WAITING, DELAYED -> Nanos.earlier(exchange.resumeAt, exchange.deadline());
            case TRYING, DELIVERING -> exchange.tries == null ? NEVER : TryClock.next(exchange.tries);
        };
        return exchange.mirrors != null && exchange.mirrors.running() ? Nanos.earlier(next, exchange.deadline()) : next;
    }

    static void look(OutboundExchange exchange) {
        Tries tries = exchange.tries;
        Mirrors mirrors = exchange.mirrors;
        long now = exchange.engine.now();
        boolean late = Nanos.reached(exchange.deadline(), now);
        if (late && mirrors != null) {
            mirrors.cancel();
        }
        if (exchange.phase == Phase.WAITING || exchange.phase == Phase.DELAYED) {
            if (late) {
                Endings.reply(exchange, LocalReplies.timeout(exchange, now));
            } else if (Nanos.reached(exchange.resumeAt, now)) {
                Opening.resume(exchange);
            }
        } else if (tries != null && exchange.phase == Phase.TRYING) {
            TryClock.look(tries, now, late);
        } else if (tries != null && exchange.phase == Phase.DELIVERING && late && tries.drop()) {
            exchange.book.flag(ResponseFlag.UT);
        }
    }
}
