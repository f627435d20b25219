package dev.weft.engine;

import dev.weft.config.CorsPolicy;
import dev.weft.config.FaultInjection;
import dev.weft.config.RetryPolicy;
import dev.weft.config.VirtualHost;
import dev.weft.engine.OutboundExchange.Phase;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.resilience.fault.DrawnFault;
import dev.weft.route.Cors;
import dev.weft.route.RouteDecision;
import org.jspecify.annotations.Nullable;

/**
 * What comes before the first attempt of a call, in this order: configuration, route, injected fault, preflight, cluster, route
 * timeout, copies. Used by handlers only.
 */
final class Opening {
    private Opening() {}

    static void route(OutboundExchange exchange) {
        OutboundEngine engine = exchange.engine;
        if (engine.closed()) {
            Endings.reply(exchange, LocalReplies.closed());
            return;
        }
        Configuration current = engine.configuration();
        exchange.configuration = current;
        if (current == null) {
            if (engine.without().holdNanos() > 0) {
                await(exchange, null, engine.without().holdNanos());
            } else {
                Endings.reply(exchange, LocalReplies.noConfiguration(exchange));
            }
            return;
        }
        RouteDecision made = current.router().route(exchange.head, engine.dice());
        if (exchange.patience != null
                && exchange.decision instanceof RouteDecision.Forward before
                && made instanceof RouteDecision.Forward again
                && before.route() == again.route()) {
            // The choice among weighted clusters is made once for a call.
            made = before;
        }
        exchange.decision = made;
        if (made instanceof RouteDecision.Forward forward) {
            if (exchange.patience == null) {
                injectFault(exchange, forward, current);
            } else {
                serve(exchange, forward, current);
            }
        } else if (made instanceof RouteDecision.Answer answer) {
            Endings.reply(exchange, answer.reply());
        } else if (made instanceof RouteDecision.NotLoaded notLoaded) {
            await(exchange, notLoaded.host(), OutboundEngine.ROUTES_WAIT_NANOS);
        } else if (made instanceof RouteDecision.PassThrough passThrough) {
            pass(exchange, passThrough.head());
        }
    }

    /** What was waited for, routes or the end of a delay, has not come or has come. */
    static void resume(OutboundExchange exchange) {
        Configuration current = exchange.configuration;
        if (exchange.phase == Phase.DELAYED
                && current != null
                && exchange.decision instanceof RouteDecision.Forward forward) {
            abortOrServe(exchange, forward, current);
        } else if (exchange.patience != null) {
            exchange.patience.backOffIsOver();
            exchange.engine.stopWaiting(exchange);
            route(exchange);
        } else {
            Endings.reply(exchange, LocalReplies.noConfiguration(exchange));
        }
    }

    /** @param host whose routes are missing, or null when there is no configuration at all */
    private static void await(OutboundExchange exchange, @Nullable VirtualHost host, long atMost) {
        VirtualHost before = exchange.awaited;
        // Who has waited for the first configuration may then wait for routes, but not twice for either.
        if (exchange.phase == Phase.NEW || (before == null && host != null) || exchange.patience != null) {
            exchange.phase = Phase.WAITING;
            exchange.resumeAt =
                    exchange.options.waitForReady() ? Nanos.NEVER : Nanos.after(exchange.engine.now(), atMost);
        }
        boolean asked = host == null || (before != null && before.name().equals(host.name()));
        exchange.awaited = host;
        exchange.book.waited = true;
        exchange.engine.await(exchange, exchange.configuration, asked ? null : host);
        exchange.arm();
    }

    private static void injectFault(OutboundExchange exchange, RouteDecision.Forward forward, Configuration current) {
        FaultInjection configured = forward.route().fault();
        if (configured != null) {
            exchange.fault = DrawnFault.draw(configured, exchange.engine.dice());
            if (exchange.fault.delayNanos() > 0) {
                exchange.book.flag(ResponseFlag.DI);
                exchange.phase = Phase.DELAYED;
                exchange.resumeAt = Nanos.after(exchange.engine.now(), exchange.fault.delayNanos());
                exchange.arm();
                return;
            }
        }
        abortOrServe(exchange, forward, current);
    }

    private static void abortOrServe(OutboundExchange exchange, RouteDecision.Forward forward, Configuration current) {
        FaultInjection.Abort abort = exchange.fault.abort();
        if (abort != null) {
            Endings.reply(exchange, DrawnFault.reply(abort, LocalReplies.route(forward)));
            return;
        }
        CorsPolicy cors = forward.route().cors();
        if (cors != null) {
            LocalReply preflight = Cors.preflight(cors, forward.normalised());
            if (preflight != null) {
                Endings.reply(exchange, preflight);
                return;
            }
            exchange.corsPassed = true;
        }
        serve(exchange, forward, current);
    }

    private static void serve(OutboundExchange exchange, RouteDecision.Forward forward, Configuration current) {
        Destination cluster = current.destinations().get(forward.choice().cluster());
        if (cluster == null) {
            Endings.unreachable(exchange, LocalReplies.noCluster(forward), null);
            return;
        }
        Destination to = exchange.engine.destination(cluster, forward.normalised());
        Tries before = exchange.tries;
        if (exchange.patience != null && exchange.patience.waitsOn(to)) {
            return;
        }
        exchange.phase = Phase.TRYING;
        RetryPolicy retry = Precedence.retry(forward.action(), exchange.options.defaults(), to.hashes());
        Tries tries = new Tries(exchange, to, forward.head(), retry, before);
        exchange.tries = tries;
        if (before == null) {
            CallClock.start(exchange);
            to.requestStarted(exchange.book.startNanos);
            if (!forward.action().mirrors().isEmpty()) {
                Mirrors mirrors = new Mirrors(tries);
                exchange.mirrors = mirrors;
                mirrors.send(forward.action().mirrors());
            }
        }
        tries.begin();
    }

    /** To a host that the mesh does not know: one attempt, nothing counted but itself. */
    private static void pass(OutboundExchange exchange, RequestHead head) {
        Destination to = exchange.engine.passThrough(head);
        Tries before = exchange.tries;
        if (exchange.patience != null && exchange.patience.waitsOn(to)) {
            return;
        }
        exchange.phase = Phase.TRYING;
        Tries tries = new Tries(exchange, to, head, RetryPolicy.NONE, before);
        exchange.tries = tries;
        if (before == null) {
            CallClock.start(exchange);
        }
        tries.begin();
    }
}
