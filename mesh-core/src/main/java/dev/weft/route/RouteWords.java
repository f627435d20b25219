package dev.weft.route;

import dev.weft.config.FaultInjection;
import dev.weft.config.HeaderMatch;
import dev.weft.config.Mirror;
import dev.weft.config.PathMatch;
import dev.weft.config.QueryMatch;
import dev.weft.config.Rewrite;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.WeightedCluster;
import dev.weft.match.HeaderTest;
import dev.weft.runtime.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a route without a request. Runs only when somebody asks. */
final class RouteWords {
    private RouteWords() {}

    /** Nothing: every request. */
    static List<String> when(RouteMatch match) {
        List<String> words = new ArrayList<>();
        boolean anyPath = match.path() instanceof PathMatch.Prefix prefix
                && prefix.prefix().equals("/");
        if (!anyPath) {
            words.add("path " + PathTest.of(match.path()).describe());
        }
        for (HeaderMatch header : match.headers()) {
            words.add(HeaderTest.of(header).describe());
        }
        for (QueryMatch query : match.query()) {
            words.add(QueryTest.of(query).describe());
        }
        if (match.grpcOnly()) {
            words.add("a gRPC request");
        }
        if (match.fraction() != null) {
            words.add("a share of " + match.fraction());
        }
        return words;
    }

    static List<String> then(Route route) {
        List<String> words = new ArrayList<>();
        fault(words, route.fault());
        RouteAction action = route.action();
        if (action instanceof RouteAction.Forward forward) {
            forward(words, forward);
        } else if (action instanceof RouteAction.Redirect redirect) {
            words.add("redirect " + redirect.status());
        } else if (action instanceof RouteAction.DirectReply reply) {
            words.add("answer " + reply.status());
        }
        return words;
    }

    private static void forward(List<String> words, RouteAction.Forward forward) {
        boolean alone = forward.clusters().size() == 1;
        for (WeightedCluster choice : forward.clusters()) {
            words.add("to " + choice.cluster() + (alone ? "" : ", weight " + choice.weight()));
        }
        if (!forward.rewrite().equals(Rewrite.NONE)) {
            words.add("rewritten");
        }
        if (forward.timeout() != null && !forward.timeout().isZero()) {
            words.add("timeout " + Durations.say(Durations.nanos(forward.timeout())));
        }
        if (forward.retry().retries() > 0) {
            words.add("up to " + forward.retry().retries() + " retries on "
                    + forward.retry().on().stream()
                            .sorted()
                            .map(condition -> condition.word())
                            .collect(Collectors.joining(",")));
        }
        for (Mirror mirror : forward.mirrors()) {
            words.add("mirror " + mirror.share() + " to " + mirror.cluster());
        }
    }

    private static void fault(List<String> words, @Nullable FaultInjection fault) {
        if (fault != null && fault.delay() != null) {
            words.add("delay " + Durations.say(Durations.nanos(fault.delay().duration())) + " for "
                    + fault.delay().share());
        }
        if (fault != null && fault.abort() != null) {
            FaultInjection.Abort abort = fault.abort();
            words.add("abort " + (abort.grpcStatus() == null ? abort.httpStatus() : "gRPC " + abort.grpcStatus())
                    + " for " + abort.share());
        }
    }
}
