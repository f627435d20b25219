package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.resilience.fault.DrawnFault;
import dev.weft.route.RouteDecision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells from what a call has kept how it went. Runs only when somebody asks. */
final class Story {
    private Story() {}

    static Explanation of(OutboundExchange exchange) {
        List<String> steps = new ArrayList<>();
        RouteDecision decision = exchange.decision;
        if (exchange.book.waited) {
            steps.add(
                    exchange.awaited == null
                            ? "waited for the first configuration"
                            : "waited for the routes of " + exchange.awaited.name());
        }
        if (decision != null) {
            steps.addAll(decision.steps());
        }
        if (decision instanceof RouteDecision.Forward forward) {
            steps.addAll(
                    Bounds.of(forward, exchange.options, exchange.tries == null ? null : exchange.tries.destination));
        }
        if (decision instanceof RouteDecision.PassThrough) {
            Bounds.addOutside(steps, exchange.options.defaults());
        }
        Bounds.addHints(steps, exchange.options, exchange.book.startNanos);
        addFault(steps, exchange.fault);
        if (exchange.mirrors != null) {
            steps.addAll(exchange.mirrors.steps());
        }
        Tries tries = exchange.tries;
        if (tries != null) {
            if (exchange.options.hints().hashKey() != null && !tries.destination.hashes()) {
                steps.add("hint hashBy has no effect: the cluster does not hash");
            }
            if (tries.policy.hedges() && !tries.hedges()) {
                steps.add("not hedged: the client in use has one attempt at a time");
            }
            String hash = tries.choice.describe();
            if (hash != null) {
                steps.add(hash);
            }
            addAttempts(steps, tries.current);
        }
        if (exchange.patience != null) {
            steps.add(exchange.patience.words());
        }
        int status = tries != null && tries.current != null && exchange.phase == OutboundExchange.Phase.DELIVERING
                ? tries.current.status
                : 0;
        if (exchange.book.reply != null) {
            status = exchange.book.reply.status();
            steps.add("answered by the mesh: " + exchange.book.reply.reason());
        } else if (exchange.phase == OutboundExchange.Phase.OVER && tries != null && tries.current != null) {
            status = tries.current.status;
        }
        return new Explanation(status, flags(exchange), steps);
    }

    /** What a request would meet, as far as that can be told without making it. */
    static Explanation foretold(
            Configuration configuration, RouteDecision decision, ExchangeOptions options, long now) {
        List<String> steps = new ArrayList<>(decision.steps());
        if (decision instanceof RouteDecision.Answer answer) {
            steps.add("answered by the mesh: " + answer.reply().reason());
            return new Explanation(answer.reply().status(), answer.reply().flagText(), steps);
        }
        if (decision instanceof RouteDecision.Forward forward) {
            Destination to = configuration.destinations().get(forward.choice().cluster());
            if (to == null) {
                steps.add("answered by the mesh: "
                        + LocalReplies.noCluster(forward).reason());
                return new Explanation(503, "NC", steps);
            }
            boolean callers = to.cluster().discovery() == Cluster.Discovery.ORIGINAL_DESTINATION;
            steps.add(callers ? "host: where the caller's URL points" : "hosts: " + to.health());
            steps.addAll(Bounds.of(forward, options, to));
            Bounds.addHints(steps, options, now);
            if (forward.route().fault() != null) {
                steps.add("the route injects faults: " + forward.route().fault());
            }
        }
        if (decision instanceof RouteDecision.PassThrough passed) {
            List<Integer> others = configuration.router().portsOf(passed.head().authority());
            if (!others.isEmpty()) {
                steps.add("the mesh knows that name on the ports " + others);
            }
        }
        return new Explanation(0, "", steps);
    }

    private static void addFault(List<String> steps, DrawnFault fault) {
        if (fault.delayNanos() > 0) {
            steps.add("fault injected: delay " + Nanos.say(fault.delayNanos()) + " (DI)");
        }
        if (fault.abort() != null) {
            steps.add("fault injected: abort (FI)");
        }
    }

    private static void addAttempts(List<String> steps, @Nullable OutboundAttempt newest) {
        List<OutboundAttempt> inOrder = new ArrayList<>();
        for (OutboundAttempt attempt = newest; attempt != null; attempt = attempt.previous) {
            inOrder.add(attempt);
        }
        inOrder.sort(Comparator.comparingInt(OutboundAttempt::number));
        for (OutboundAttempt attempt : inOrder) {
            String outcome = attempt.failure != null
                    ? attempt.failure + (attempt.cause == null ? "" : " (" + attempt.cause + ")")
                    : attempt.status != 0 ? String.valueOf(attempt.status) : attempt.dropped ? "cancelled" : "running";
            steps.add(attempt + ": " + outcome + (attempt.verdict == null ? "" : ", " + attempt.verdict.words));
        }
    }

    private static String flags(OutboundExchange exchange) {
        return exchange.book.flags().stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }
}
