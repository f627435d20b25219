package dev.weft.route;

import dev.weft.config.HeaderOps;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import dev.weft.match.HeaderTest;
import dev.weft.request.GrpcContent;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Randomness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A route with its conditions and changes made ready. Immutable. */
final class CompiledRoute {
    final Route route;
    final int index;
    final List<Choice> choices;
    final @Nullable PathEdit pathEdit;
    final HeaderEdits replyEdits;

    private final PathTest path;
    private final HeaderTest[] headers;
    private final QueryTest[] queries;
    private final long totalWeight;

    CompiledRoute(VirtualHost host, Route route, int index) {
        this.route = route;
        this.index = index;
        RouteMatch match = route.match();
        path = PathTest.of(match.path());
        headers = match.headers().stream().map(HeaderTest::of).toArray(HeaderTest[]::new);
        queries = match.query().stream().map(QueryTest::of).toArray(QueryTest[]::new);
        replyEdits = HeaderEdits.of(route.response(), host.response());
        RouteAction action = route.action();
        if (action instanceof RouteAction.Forward forward) {
            choices = forward.clusters().stream()
                    .map(choice -> new Choice(
                            this,
                            choice,
                            edits(choice.request(), route.request(), host.request()),
                            edits(choice.response(), route.response(), host.response()),
                            choice.cluster().equals(MeshSnapshot.PASSTHROUGH_CLUSTER)))
                    .toList();
            totalWeight = forward.clusters().stream()
                    .mapToLong(WeightedCluster::weight)
                    .sum();
            pathEdit = forward.rewrite().path() == null
                    ? null
                    : PathEdit.of(forward.rewrite().path(), match.path());
        } else {
            choices = List.of();
            totalWeight = 0;
            pathEdit = action instanceof RouteAction.Redirect redirect && redirect.path() != null
                    ? PathEdit.of(redirect.path(), match.path())
                    : null;
        }
    }

    private static HeaderEdits edits(HeaderOps cluster, HeaderOps route, HeaderOps host) {
        return HeaderEdits.of(cluster, route, host);
    }

    /** @param barePath normalised, without query */
    boolean matches(RequestHead head, String barePath, Randomness dice) {
        if (!path.test(barePath)) {
            return false;
        }
        for (HeaderTest test : headers) {
            if (!test.test(head)) {
                return false;
            }
        }
        for (QueryTest test : queries) {
            if (!test.test(head.path())) {
                return false;
            }
        }
        RouteMatch match = route.match();
        return (!match.grpcOnly() || GrpcContent.in(head.headers()))
                && (match.fraction() == null
                        || match.fraction()
                                .selects(dice.nextInt(match.fraction().denominator())));
    }

    /** The first condition that the request fails, in words; null when it fails none (or only the dice). */
    @Nullable
    String describeMiss(RequestHead head, String barePath) {
        if (!path.test(barePath)) {
            return "path " + path.describe() + ", was \"" + barePath + "\"";
        }
        for (HeaderTest test : headers) {
            if (!test.test(head)) {
                return test.describeMiss(head);
            }
        }
        for (QueryTest test : queries) {
            if (!test.test(head.path())) {
                return test.describeMiss(head.path());
            }
        }
        return route.match().grpcOnly() && !GrpcContent.in(head.headers()) ? "a gRPC request, was none" : null;
    }

    Choice choose(Randomness dice) {
        if (choices.size() == 1) {
            return choices.get(0);
        }
        long die = totalWeight <= Integer.MAX_VALUE
                ? dice.nextInt((int) Math.max(1, totalWeight))
                : Math.floorMod(dice.nextLong(), totalWeight);
        for (Choice choice : choices) {
            die -= choice.cluster.weight();
            if (die < 0) {
                return choice;
            }
        }
        return choices.get(choices.size() - 1);
    }

    boolean isCatchAll() {
        return headers.length == 0 && queries.length == 0 && path.test("/") && path.test("/x");
    }

    /** One destination with the edits of cluster, route and virtual host folded together. */
    record Choice(
            CompiledRoute of,
            WeightedCluster cluster,
            HeaderEdits request,
            HeaderEdits response,
            boolean passesThrough) {}
}
