package dev.weft.control.explain;

import dev.weft.config.ConfigProblem;
import dev.weft.config.CorsPolicy;
import dev.weft.config.FaultInjection;
import dev.weft.config.HeaderOps;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import dev.weft.engine.Explanation;
import dev.weft.request.GrpcContent;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.route.Cors;
import dev.weft.route.RouteDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words a router's decision with all that follows from it. */
final class Explanations {
    private final Asker asker;
    private final RequestHead head;
    private final MeshSnapshot snapshot;
    private final List<Explained.ServerShown> servers;
    private final List<String> notes;
    private final List<String> problems;

    Explanations(
            Asker asker,
            RequestHead head,
            MeshSnapshot snapshot,
            List<Explained.ServerShown> servers,
            List<String> notes,
            List<ConfigProblem> problems) {
        this.asker = asker;
        this.head = head;
        this.snapshot = snapshot;
        this.servers = List.copyOf(servers);
        this.notes = List.copyOf(notes);
        this.problems = problems.stream().map(ConfigProblem::toString).toList();
    }

    /** @param told what the engine says of the same decision */
    Explained of(RouteDecision decision, Explanation told) {
        if (decision instanceof RouteDecision.Forward forward) {
            return forward(forward, told);
        }
        if (decision instanceof RouteDecision.Answer answer) {
            Matched matched = new Matched(answer.virtualHost(), answer.route(), answer.routeIndex(), null);
            return answered(matched, action(answer), answer.reply(), told.steps());
        }
        return new Explained(
                asked(),
                "passThrough",
                null,
                null,
                "passThrough",
                MeshSnapshot.PASSTHROUGH_CLUSTER,
                List.of(new Explained.Choice(MeshSnapshot.PASSTHROUGH_CLUSTER, 1, 100, 0)),
                0,
                "",
                null,
                Map.of(),
                decision instanceof RouteDecision.PassThrough passed ? Shown.upstream(head, passed.head()) : null,
                Shown.timeouts(null),
                null,
                Shown.written(null),
                null,
                List.of(),
                null,
                Shown.headers(List.of(), List.of()),
                List.of(),
                told.steps(),
                notes,
                problems);
    }

    private static String action(RouteDecision.Answer answer) {
        if (answer.route() == null) {
            return answer.reply().flags().isEmpty() ? "refused" : "noRoute";
        }
        return answer.route().action() instanceof RouteAction.Redirect ? "redirect" : "directResponse";
    }

    /**
     * What the request met.
     *
     * @param choice destination that was taken, or null
     */
    private record Matched(
            @Nullable VirtualHost host,
            @Nullable Route route,
            int index,
            @Nullable WeightedCluster choice) {

        RouteAction.@Nullable Forward forward() {
            return route != null && route.action() instanceof RouteAction.Forward forward ? forward : null;
        }

        Explained.HeadersShown headers() {
            List<HeaderOps> request = new ArrayList<>();
            List<HeaderOps> response = new ArrayList<>();
            if (choice != null) {
                request.add(choice.request());
                response.add(choice.response());
            }
            if (route != null) {
                request.add(route.request());
                response.add(route.response());
            }
            if (host != null) {
                request.add(host.request());
                response.add(host.response());
            }
            return Shown.headers(request, response);
        }
    }

    private Explained forward(RouteDecision.Forward forward, Explanation told) {
        Matched matched = new Matched(forward.virtualHost(), forward.route(), forward.routeIndex(), forward.choice());
        FaultInjection fault = forward.route().fault();
        if (fault != null && fault.abort() != null && fault.abort().share().always()) {
            return answered(matched, "fault", aborted(fault.abort()), told.steps());
        }
        CorsPolicy cors = forward.route().cors();
        LocalReply preflight = cors == null ? null : Cors.preflight(cors, forward.normalised());
        if (preflight != null) {
            return answered(matched, "preflight", preflight, told.steps());
        }
        if (told.status() != 0) {
            String action = snapshot.clusters().containsKey(forward.choice().cluster()) ? "noHealthyHost" : "noCluster";
            return full(
                    matched,
                    "answer",
                    action,
                    null,
                    told.status(),
                    told.flags(),
                    "",
                    Headers.EMPTY,
                    null,
                    told.steps());
        }
        List<Explained.Choice> choices = Shown.choices(forward.action(), snapshot);
        String only = choices.size() == 1 ? choices.get(0).cluster() : null;
        Explained.Upstream upstream = Shown.upstream(head, forward.head());
        return full(matched, "forward", "forward", only, 0, "", null, Headers.EMPTY, upstream, told.steps());
    }

    /** The words of the engine's own abort. */
    private LocalReply aborted(FaultInjection.Abort abort) {
        boolean grpc = GrpcContent.in(head.headers());
        Integer status = abort.grpcStatus();
        Headers headers = grpc && status != null
                ? Headers.of(
                        "content-type",
                        "application/grpc",
                        "grpc-status",
                        String.valueOf(status),
                        "grpc-message",
                        "fault filter abort")
                : Headers.of("content-type", "text/plain");
        return new LocalReply(
                status != null ? 200 : abort.httpStatus(),
                Set.of(ResponseFlag.FI),
                "fault filter abort",
                grpc && status != null ? "" : "fault filter abort",
                headers,
                status);
    }

    private Explained answered(Matched matched, String word, LocalReply reply, List<String> steps) {
        return full(
                matched,
                "answer",
                word,
                null,
                reply.status(),
                reply.flagText(),
                reply.body(),
                reply.headers(),
                null,
                steps);
    }

    private Explained full(
            Matched matched,
            String decision,
            String action,
            @Nullable String cluster,
            int status,
            String flags,
            @Nullable String body,
            Headers responseHeaders,
            Explained.@Nullable Upstream upstream,
            List<String> steps) {
        RouteAction.Forward rules = matched.forward();
        Route route = matched.route;
        return new Explained(
                asked(),
                decision,
                matched.host == null ? null : matched.host.name(),
                route == null ? null : Shown.route(route, matched.index),
                action,
                cluster,
                rules == null ? List.of() : Shown.choices(rules, snapshot),
                status,
                flags,
                body,
                Shown.map(responseHeaders),
                upstream,
                Shown.timeouts(rules),
                rules == null ? null : Shown.retries(rules.retry()),
                Shown.written(rules),
                rules == null ? null : Shown.rewrite(rules.rewrite()),
                rules == null ? List.of() : Shown.mirrors(rules),
                route == null ? null : Shown.faults(route.fault()),
                matched.headers(),
                decision.equals("forward") ? servers : List.of(),
                steps,
                notes,
                problems);
    }

    private Explained.Asked asked() {
        return new Explained.Asked(
                head.method(),
                head.scheme(),
                head.authority(),
                head.path(),
                head.port(),
                asker.namespace(),
                asker.serviceAccount(),
                asker.labels());
    }
}
