package dev.weft.route;

import dev.weft.config.Fraction;
import dev.weft.config.Mirror;
import dev.weft.config.Origin;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.WeightedCluster;
import dev.weft.request.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a decision in sentences. Runs only when somebody asks. */
final class Steps {
    private Steps() {}

    static List<String> of(Match match, RouteAction action, @Nullable WeightedCluster chosen) {
        List<String> steps = new ArrayList<>();
        steps.add(host(match.host(), match.head()));
        String bare = Router.bare(match.head().path());
        for (CompiledRoute earlier : match.host().routes) {
            if (earlier.index >= match.route().index) {
                break;
            }
            steps.add(missed(earlier, match.head(), bare));
        }
        steps.add(label(match.route().index, match.route().route) + " matched"
                + (match.route().isCatchAll() ? ": everything" : "")
                + place(match.route().route.origin()));
        if (action instanceof RouteAction.Forward forward) {
            steps.add(destination(forward, chosen));
            for (Mirror mirror : forward.mirrors()) {
                steps.add("mirror " + share(mirror.share()) + " to " + mirror.cluster());
            }
        }
        return steps;
    }

    static List<String> nothingMatched(CompiledHost host, RequestHead head) {
        List<String> steps = new ArrayList<>();
        steps.add(host(host, head));
        String bare = Router.bare(head.path());
        for (CompiledRoute route : host.routes) {
            steps.add(missed(route, head, bare));
        }
        steps.add("no route matched");
        return steps;
    }

    private static String host(CompiledHost host, RequestHead head) {
        boolean byHost = head.dialled() == null || Router.names(host.host, head.authority());
        return "virtual host " + host.host.name()
                + (byHost ? "" : ": " + head.dialled() + " is dialled, and nobody knows the Host " + head.authority());
    }

    private static String missed(CompiledRoute route, RequestHead head, String bare) {
        String miss = route.describeMiss(head, bare);
        return label(route.index, route.route) + " no: " + (miss == null ? "the dice said no" : miss)
                + place(route.route.origin());
    }

    private static String label(int index, Route route) {
        return "route [" + index + "]" + (route.name().isEmpty() ? "" : " " + route.name());
    }

    private static String place(@Nullable Origin origin) {
        return origin == null ? "" : "  " + origin;
    }

    private static String destination(RouteAction.Forward forward, @Nullable WeightedCluster chosen) {
        if (forward.clusters().size() == 1 || chosen == null) {
            return "cluster " + forward.clusters().get(0).cluster();
        }
        return "cluster " + chosen.cluster() + ", chosen by weight from "
                + forward.clusters().stream()
                        .map(choice -> choice.cluster() + " " + choice.weight())
                        .collect(Collectors.joining(", "));
    }

    private static String share(Fraction share) {
        return share.toString();
    }
}
