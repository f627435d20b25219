package dev.weft.engine;

import dev.weft.config.Origin;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.RouteAction;
import dev.weft.request.Hints;
import dev.weft.route.RouteDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells which bounds hold for a call, by whose word, and whom that overrides. Runs only when somebody asks. */
final class Bounds {
    private static final String DEFAULT = "by default";

    private final RouteDecision.Forward forward;
    private final RouteAction.Forward action;
    private final ExchangeOptions options;
    private final CallDefaults declared;

    private Bounds(RouteDecision.Forward forward, ExchangeOptions options) {
        this.forward = forward;
        this.options = options;
        action = forward.action();
        declared = options.defaults();
    }

    /** Whose time it was that passed, if not the caller's own. */
    static String timeoutOf(OutboundExchange exchange) {
        CallDefaults declared = exchange.options.defaults();
        boolean clients = exchange.decision instanceof RouteDecision.Forward forward
                ? Precedence.isClientsTimeout(forward.action(), declared)
                : declared.timeout() != null;
        return "the timeout of " + (clients ? declared.origin() : "the route");
    }

    /**
     * Of a call that goes to a cluster.
     *
     * @param to the cluster, or null: it is not decided yet
     */
    static List<String> of(RouteDecision.Forward forward, ExchangeOptions options, @Nullable Destination to) {
        Bounds bounds = new Bounds(forward, options);
        List<String> steps = new ArrayList<>();
        bounds.addTimeout(steps);
        bounds.addRetries(steps, to);
        return steps;
    }

    /** Of a call to a host that the mesh does not know. */
    static void addOutside(List<String> steps, CallDefaults declared) {
        if (declared.timeout() != null) {
            steps.add(timeout(declared.timeout()) + ": " + declared.origin());
        }
    }

    /** What the caller's hints and the request that he serves leave of them. */
    static void addHints(List<String> steps, ExchangeOptions options, long startNanos) {
        Hints hints = options.hints();
        if (hints.within() != null) {
            steps.add("at most " + say(hints.within()) + ": the caller's hint");
        }
        if (hints.until() != null) {
            steps.add("at most " + left(hints.until().atNanos(), startNanos) + ": the deadline in the caller's hint");
        }
        if (options.inherited().atNanos() != Nanos.NEVER) {
            steps.add("at most " + left(options.inherited().atNanos(), startNanos)
                    + ": the deadline of the request that is being served");
        }
        if (hints.noRetry()) {
            steps.add("one attempt: the caller's hint");
        }
    }

    private void addTimeout(List<String> steps) {
        Duration ofRoute = given(action.timeout());
        Duration ofClient = declared.timeout();
        Origin written = action.written().timeout();
        if (written != null) {
            String overridden = ofClient == null ? "" : "; overrides " + declared.origin() + " " + say(ofClient);
            steps.add(timeout(ofRoute) + ": " + who(written) + overridden);
        } else if (ofClient != null) {
            String instead = ofRoute == null ? "" : "; the default was " + say(ofRoute);
            steps.add(timeout(ofClient) + ": " + declared.origin() + instead);
        } else {
            steps.add(timeout(ofRoute) + ": " + (ofRoute == null ? "nobody wrote one" : DEFAULT));
        }
    }

    private void addRetries(List<String> steps, @Nullable Destination to) {
        RetryPolicy policy = Precedence.retry(action, declared, to != null && to.hashes());
        RetryPolicy ofClient = declared.retry();
        boolean clients = Precedence.areClientsRetries(action, declared);
        Origin written = action.written().retries();
        String whose = clients ? declared.retryOrigin() : written == null ? DEFAULT : who(written);
        String overridden =
                clients || ofClient == null ? "" : "; overrides " + declared.retryOrigin() + " " + said(ofClient);
        if (policy.retries() == 0) {
            if (written != null || ofClient != null) {
                steps.add("no retries: " + whose + overridden);
            }
            return;
        }
        steps.add(said(policy) + perTry(policy, whose) + ": " + whose + overridden);
        if (to != null) {
            steps.add("retries are bounded: " + to.retryLimit());
        }
        String method = forward.normalised().method();
        if (!Precedence.mayReachTwoServers(action, options, method)) {
            steps.add("no retry once a server may have acted: " + method
                    + " is not idempotent, and nobody says that this call is");
        }
    }

    /** @param whose word the retries are; the bound may be somebody else's */
    private String perTry(RetryPolicy policy, String whose) {
        Duration bound = given(policy.perTryTimeout());
        if (bound == null) {
            return "";
        }
        Origin written = action.written().perTryTimeout();
        String by = Precedence.isClientsPerTry(action, declared)
                ? declared.retryOrigin()
                : written == null ? DEFAULT : who(written);
        String kept =
                policy.hedges() ? ", each beside the one before it when that takes longer than " : ", each within ";
        return kept + say(bound) + (by.equals(whose) ? "" : " (" + by + ")");
    }

    private static String said(RetryPolicy policy) {
        if (policy.retries() == 0) {
            return "no retries";
        }
        String codes = policy.statusCodes().isEmpty()
                ? ""
                : " "
                        + policy.statusCodes().stream()
                                .sorted()
                                .map(String::valueOf)
                                .collect(Collectors.joining(","));
        return "up to " + policy.retries() + (policy.retries() == 1 ? " retry" : " retries") + " on "
                + policy.on().stream().sorted().map(RetryOn::word).collect(Collectors.joining(",")) + codes;
    }

    private String who(Origin origin) {
        String place = origin.toString();
        return place.isEmpty() ? LocalReplies.route(forward) : place;
    }

    private static String timeout(@Nullable Duration bound) {
        return bound == null ? "no timeout" : "timeout " + say(bound);
    }

    private static @Nullable Duration given(@Nullable Duration bound) {
        return bound == null || bound.isZero() ? null : bound;
    }

    private static String say(Duration bound) {
        return Nanos.say(Timeouts.nanos(bound));
    }

    private static String left(long deadlineNanos, long startNanos) {
        return Nanos.say(Math.max(0, deadlineNanos - startNanos));
    }
}
