package dev.weft.control.explain;

import dev.weft.config.Cluster;
import dev.weft.config.FaultInjection;
import dev.weft.config.Fraction;
import dev.weft.config.HeaderOps;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Origin;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.WeightedCluster;
import dev.weft.config.Written;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts parts of a decision into the form that is shown. */
final class Shown {
    private Shown() {}

    static Explained.RouteShown route(Route route, int index) {
        Origin origin = route.origin();
        return new Explained.RouteShown(
                route.name(),
                index,
                origin == null || origin.resource().isEmpty() ? null : origin.resource(),
                origin == null || origin.file().isEmpty() ? null : origin.file(),
                origin == null ? 0 : origin.line());
    }

    static List<Explained.Choice> choices(RouteAction.Forward action, MeshSnapshot snapshot) {
        int total = action.clusters().stream().mapToInt(WeightedCluster::weight).sum();
        List<Explained.Choice> choices = new ArrayList<>();
        for (WeightedCluster choice : action.clusters()) {
            boolean only = action.clusters().size() == 1;
            double percent = only ? 100 : total == 0 ? 0 : choice.weight() * 100.0 / total;
            choices.add(new Explained.Choice(
                    choice.cluster(), choice.weight(), percent, endpoints(choice.cluster(), snapshot)));
        }
        return choices;
    }

    private static int endpoints(String name, MeshSnapshot snapshot) {
        Cluster cluster = snapshot.clusters().get(name);
        var assignment = cluster == null ? null : snapshot.endpoints().get(cluster.edsName());
        return assignment == null
                ? 0
                : assignment.localities().stream()
                        .mapToInt(place -> place.endpoints().size())
                        .sum();
    }

    /** Whether it is known already that nobody would answer. */
    static boolean isWithoutHosts(String name, MeshSnapshot snapshot) {
        Cluster cluster = snapshot.clusters().get(name);
        return cluster != null && cluster.discovery() == Cluster.Discovery.EDS && endpoints(name, snapshot) == 0;
    }

    static Explained.Timeouts timeouts(RouteAction.@Nullable Forward action) {
        return action == null
                ? new Explained.Timeouts(null, null)
                : new Explained.Timeouts(
                        millis(action.timeout()), millis(action.retry().perTryTimeout()));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null || duration.isZero() ? null : duration.toMillis();
    }

    static Explained.@Nullable RetriesShown retries(RetryPolicy policy) {
        return policy.retries() == 0
                ? null
                : new Explained.RetriesShown(
                        policy.retries(),
                        policy.on().stream().sorted().map(on -> on.word()).toList(),
                        policy.statusCodes().stream().sorted().toList(),
                        policy.backoffBase().toMillis(),
                        policy.backoffMax().toMillis(),
                        policy.avoidPreviousHosts());
    }

    static Explained.WrittenShown written(RouteAction.@Nullable Forward action) {
        Written written = action == null ? Written.NOTHING : action.written();
        return new Explained.WrittenShown(
                place(written.timeout()), place(written.retries()), place(written.perTryTimeout()));
    }

    private static @Nullable String place(@Nullable Origin origin) {
        return origin == null ? null : origin.toString();
    }

    static Explained.@Nullable RewriteShown rewrite(Rewrite rewrite) {
        String path = null;
        if (rewrite.path() instanceof Rewrite.Prefix prefix) {
            path = prefix.replacement();
        } else if (rewrite.path() instanceof Rewrite.Full full) {
            path = full.path();
        } else if (rewrite.path() instanceof Rewrite.Regex regex) {
            path = "s#" + regex.expression() + "#" + regex.substitution() + "#";
        }
        return path == null && rewrite.authority() == null
                ? null
                : new Explained.RewriteShown(path, rewrite.authority());
    }

    static List<Explained.MirrorShown> mirrors(RouteAction.Forward action) {
        return action.mirrors().stream()
                .map(mirror -> new Explained.MirrorShown(mirror.cluster(), percent(mirror.share())))
                .toList();
    }

    static Explained.@Nullable FaultsShown faults(@Nullable FaultInjection fault) {
        if (fault == null) {
            return null;
        }
        FaultInjection.Delay delay = fault.delay();
        FaultInjection.Abort abort = fault.abort();
        return new Explained.FaultsShown(
                delay == null ? null : delay.duration().toMillis(),
                delay == null ? 0 : percent(delay.share()),
                abort == null || abort.httpStatus() == 0 ? null : abort.httpStatus(),
                abort == null ? null : abort.grpcStatus(),
                abort == null ? 0 : percent(abort.share()));
    }

    private static double percent(Fraction share) {
        return share.numerator() * 100.0 / share.denominator();
    }

    static Explained.HeadersShown headers(List<HeaderOps> request, List<HeaderOps> response) {
        return new Explained.HeadersShown(ops(request), ops(response));
    }

    private static Explained.Ops ops(List<HeaderOps> all) {
        List<String> set = new ArrayList<>();
        List<String> remove = new ArrayList<>();
        for (HeaderOps ops : all) {
            ops.set().forEach(setting -> set.add(setting.name() + ": " + setting.value() + word(setting.action())));
            remove.addAll(ops.remove());
        }
        return new Explained.Ops(set, remove);
    }

    private static String word(HeaderOps.Action action) {
        return switch (action) {
            case OVERWRITE -> "";
            case APPEND -> " (append)";
            case ADD_IF_ABSENT -> " (if absent)";
            case OVERWRITE_IF_PRESENT -> " (if present)";
        };
    }

    static Explained.Upstream upstream(RequestHead before, RequestHead after) {
        Map<String, String> set = new LinkedHashMap<>();
        TreeSet<String> removed = new TreeSet<>();
        Headers old = before.headers();
        old.forEach((name, value) -> removed.add(name));
        after.headers().forEach((name, value) -> {
            removed.remove(name);
            if (!after.headers().all(name).equals(old.all(name))) {
                set.put(name, String.join(",", after.headers().all(name)));
            }
        });
        return new Explained.Upstream(after.method(), after.authority(), after.path(), set, List.copyOf(removed));
    }

    static Map<String, String> map(Headers headers) {
        Map<String, String> map = new LinkedHashMap<>();
        headers.forEach((name, value) -> map.merge(name, value, (first, second) -> first + "," + second));
        return map;
    }
}
