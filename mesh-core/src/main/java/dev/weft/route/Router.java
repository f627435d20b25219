package dev.weft.route;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.RouteAction;
import dev.weft.config.VirtualHost;
import dev.weft.request.Authority;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Randomness;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The compiled routes of a snapshot. Immutable; all methods may be called from any thread. */
public final class Router {
    private final Map<Integer, HostTable> tables;
    private final @Nullable HostTable anyPort;

    private Router(Map<Integer, HostTable> tables) {
        this.tables = tables;
        this.anyPort = tables.get(0);
    }

    /**
     * Compiles a snapshot. What has not changed since {@code previous} is taken over, so that a change to one service
     * costs one compilation and not ten thousand.
     */
    public static Router compile(MeshSnapshot snapshot, @Nullable Router previous) {
        Map<Integer, HostTable> tables = new HashMap<>();
        snapshot.ports().forEach((port, hosts) -> {
            HostTable earlier = previous == null ? null : previous.tables.get(port);
            tables.put(port, table(hosts, earlier));
        });
        return new Router(tables);
    }

    private static HostTable table(List<VirtualHost> hosts, @Nullable HostTable earlier) {
        if (earlier == null) {
            return new HostTable(hosts, Map.of());
        }
        if (earlier.source == hosts) {
            return earlier;
        }
        Map<VirtualHost, CompiledHost> known = new IdentityHashMap<>();
        earlier.collect(known);
        return new HostTable(hosts, known);
    }

    /** Decides. Takes dice for weights and shares only where the configuration has some. */
    public RouteDecision route(RequestHead head, Randomness dice) {
        String path = NormalPath.of(head.path());
        if (path == null) {
            return LocalAnswers.badPath(head);
        }
        RequestHead normal = path.equals(head.path())
                ? head
                : new RequestHead(head.method(), head.scheme(), head.authority(), path, head.headers(), head.port());
        Found found = find(normal);
        if (found.ambiguous != null) {
            return found.ambiguous;
        }
        CompiledHost host = found.host;
        if (host == null) {
            return LocalAnswers.noRoute(
                    null,
                    "no virtual host for " + head.authority() + " on port " + head.port(),
                    List.of("no virtual host for " + head.authority() + " on port " + head.port()));
        }
        if (!host.host.loaded()) {
            return new RouteDecision.NotLoaded(host.host);
        }
        CompiledRoute route = host.route(normal, bare(path), dice);
        if (route == null) {
            return LocalAnswers.noRoute(
                    host.host,
                    "virtual host " + host.host.name() + ": no route matches " + head.method() + " " + path,
                    Steps.nothingMatched(host, normal));
        }
        return decide(new Match(host, route, normal), dice);
    }

    private static RouteDecision decide(Match match, Randomness dice) {
        RouteAction action = match.route().route.action();
        if (action instanceof RouteAction.Redirect redirect) {
            return LocalAnswers.redirect(match, redirect);
        }
        if (action instanceof RouteAction.DirectReply direct) {
            return LocalAnswers.direct(match, direct);
        }
        CompiledRoute.Choice choice = match.route().choose(dice);
        return choice.cluster().cluster().equals(MeshSnapshot.PASSTHROUGH_CLUSTER)
                ? new RouteDecision.PassThrough(match.head())
                : new RouteDecision.Forward(match, choice);
    }

    /**
     * Whether calls to this authority are the mesh's business: a virtual host names it, or the outbound policy blocks what
     * nobody names. False means: the caller's own client, untouched.
     */
    public boolean knows(String authority, String scheme) {
        RequestHead probe = new RequestHead("GET", scheme, authority, "/", dev.weft.request.Headers.EMPTY);
        Found found = find(probe);
        if (found.ambiguous != null) {
            return true;
        }
        return found.host != null && (found.named || !passesThrough(found.host));
    }

    private static boolean passesThrough(CompiledHost host) {
        return host.host.loaded()
                && host.routes.length > 0
                && host.routes[host.routes.length - 1].route.action() instanceof RouteAction.Forward forward
                && forward.clusters().get(0).cluster().equals(MeshSnapshot.PASSTHROUGH_CLUSTER);
    }

    private Found find(RequestHead head) {
        String name = name(head.authority());
        HostTable table = tables.get(head.port());
        CompiledHost named = table == null ? null : table.findNamed(name);
        if (named != null) {
            return new Found(named, true, null);
        }
        if (isDefaultPort(head)) {
            Found only = findOnOnlyPort(name, head);
            if (only != null) {
                return only;
            }
        }
        CompiledHost fallback = table == null ? null : table.find(name);
        if (fallback == null && anyPort != null) {
            fallback = anyPort.find(name);
        }
        return new Found(fallback, false, null);
    }

    /** Nobody wrote a port: a service that has exactly one is meant on that one. */
    private @Nullable Found findOnOnlyPort(String name, RequestHead head) {
        CompiledHost only = null;
        TreeSet<Integer> ports = null;
        for (Map.Entry<Integer, HostTable> entry : tables.entrySet()) {
            CompiledHost found = entry.getKey() == 0 ? null : entry.getValue().findNamed(name);
            if (found != null) {
                only = found;
                ports = ports == null ? new TreeSet<>() : ports;
                ports.add(entry.getKey());
            }
        }
        if (ports == null) {
            return null;
        }
        if (ports.size() == 1) {
            return new Found(only, true, null);
        }
        String reason = head.authority() + " has no port " + head.port() + " but several others: write one of " + ports;
        return new Found(null, true, LocalAnswers.noRoute(null, reason, List.of(reason)));
    }

    private static boolean isDefaultPort(RequestHead head) {
        return Authority.writtenPort(head.authority()) < 0 && head.port() == ("https".equals(head.scheme()) ? 443 : 80);
    }

    private static String name(String authority) {
        String host = HostTable.withoutFinalDot(Authority.host(authority));
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return host.toLowerCase(Locale.ROOT);
            }
        }
        return host;
    }

    static String bare(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** @param ambiguous set when several ports could have been meant */
    private record Found(@Nullable CompiledHost host, boolean named, RouteDecision.@Nullable Answer ambiguous) {}
}
