package dev.weft.route;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.PortProtocol;
import dev.weft.config.RouteAction;
import dev.weft.config.VirtualHost;
import dev.weft.match.NormalPath;
import dev.weft.request.Authority;
import dev.weft.request.GrpcContent;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The compiled routes of a snapshot. Immutable; all methods may be called from any thread. */
public final class Router {
    // By port, ascending; there are few.
    private final int[] ports;
    private final HostTable[] tables;
    private final @Nullable HostTable anyPort;

    private Router(TreeMap<Integer, HostTable> byPort) {
        ports = byPort.keySet().stream().mapToInt(port -> port).toArray();
        tables = byPort.values().toArray(HostTable[]::new);
        anyPort = byPort.get(0);
    }

    /**
     * Compiles a snapshot. What has not changed since {@code previous} is taken over, so that a change to one service
     * costs one compilation and not ten thousand.
     */
    public static Router compile(MeshSnapshot snapshot, @Nullable Router previous) {
        TreeMap<Integer, HostTable> byPort = new TreeMap<>();
        snapshot.ports().forEach((port, hosts) -> {
            HostTable earlier = previous == null ? null : previous.table(port);
            byPort.put(port, table(hosts, earlier));
        });
        return new Router(byPort);
    }

    private @Nullable HostTable table(int port) {
        int at = Arrays.binarySearch(ports, port);
        return at < 0 ? null : tables[at];
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
                : new RequestHead(
                        head.method(),
                        head.scheme(),
                        head.authority(),
                        path,
                        head.headers(),
                        head.port(),
                        head.dialled());
        CompiledHost host = findNamed(normal);
        if (host == null) {
            Found found = findOther(normal);
            if (found.ambiguous != null) {
                return found.ambiguous;
            }
            host = found.host;
        }
        if (host == null) {
            List<Integer> others = portsOf(head.authority());
            String reason = "no virtual host for " + head.authority() + " on port " + head.port()
                    + (others.isEmpty() ? "" : "; it has the ports " + others);
            return LocalAnswers.noRoute(null, reason, List.of(reason));
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
        return decide(host, route, normal, dice);
    }

    private static RouteDecision decide(CompiledHost host, CompiledRoute route, RequestHead head, Randomness dice) {
        RouteAction action = route.route.action();
        if (action instanceof RouteAction.Redirect redirect) {
            return LocalAnswers.redirect(new Match(host, route, head), redirect);
        }
        if (action instanceof RouteAction.DirectReply direct) {
            return LocalAnswers.direct(new Match(host, route, head), direct);
        }
        CompiledRoute.Choice choice = route.choose(dice);
        return choice.passesThrough()
                ? new RouteDecision.PassThrough(head)
                : new RouteDecision.Forward(host, head, choice);
    }

    /**
     * Whether calls to this authority are the mesh's business: a virtual host names it, or the outbound policy blocks what
     * nobody names. False means: the caller's own client, untouched.
     */
    public boolean knows(String authority, String scheme) {
        RequestHead probe = new RequestHead("GET", scheme, authority, "/", dev.weft.request.Headers.EMPTY);
        if (findNamed(probe) != null) {
            return true;
        }
        Found found = findElsewhere(probe);
        if (found.ambiguous != null) {
            return true;
        }
        return found.host != null && (found.named || !passesThrough(found.host));
    }

    /** The ports on which the mesh knows the host of this authority, whatever port that says; for those who called another one. */
    public List<Integer> portsOf(String authority) {
        List<Integer> found = new ArrayList<>(1);
        for (int i = 0; i < ports.length; i++) {
            if (ports[i] != 0 && findIn(tables[i], authority) != null) {
                found.add(ports[i]);
            }
        }
        return found;
    }

    private static boolean passesThrough(CompiledHost host) {
        return host.host.loaded()
                && host.routes.length > 0
                && host.routes[host.routes.length - 1].route.action() instanceof RouteAction.Forward forward
                && forward.clusters().get(0).cluster().equals(MeshSnapshot.PASSTHROUGH_CLUSTER);
    }

    /** The virtual host that names the request's host on its port, or null. */
    private @Nullable CompiledHost findNamed(RequestHead head) {
        HostTable table = table(head.port());
        return table == null ? null : findIn(table, head.authority());
    }

    /** Where nobody names the request's {@code Host} on its port: who is dialled is meant, if the mesh knows him. */
    private Found findOther(RequestHead head) {
        String dialled = head.dialled();
        HostTable table = table(head.port());
        CompiledHost meant = dialled == null || table == null ? null : findIn(table, dialled);
        return meant == null ? findElsewhere(head) : new Found(meant, true, null);
    }

    /** Whether a virtual host is the one of that authority. */
    static boolean names(VirtualHost host, String authority) {
        return findIn(new HostTable(List.of(host), Map.of()), authority) != null;
    }

    private static @Nullable CompiledHost findIn(HostTable table, String authority) {
        int start = 0;
        int end = authority.length();
        if (authority.startsWith("[") && authority.indexOf(']') > 0) {
            start = 1;
            end = authority.indexOf(']');
        } else if (authority.lastIndexOf(':') >= 0) {
            end = authority.lastIndexOf(':');
        }
        if (end - start > 1 && authority.charAt(end - 1) == '.') {
            end--;
        }
        return table.find(authority, start, end);
    }

    /** Where nobody names the host on its port: another port, if it is plain which one is meant, or the outbound policy. */
    private Found findElsewhere(RequestHead head) {
        if (isDefaultPort(head)) {
            Found only = findOnOnlyPort(head);
            if (only != null) {
                return only;
            }
        }
        HostTable table = table(head.port());
        CompiledHost fallback = table == null ? null : table.everything();
        if (fallback == null && anyPort != null) {
            fallback = findIn(anyPort, head.authority());
            fallback = fallback == null ? anyPort.everything() : fallback;
        }
        return new Found(fallback, false, null);
    }

    /**
     * Nobody wrote a port: a service is meant on the only one that speaks as the caller does, and if none does, on the only one
     * that it has.
     */
    private @Nullable Found findOnOnlyPort(RequestHead head) {
        Found speaking = findOnOnlyPort(head, true);
        return speaking != null ? speaking : findOnOnlyPort(head, false);
    }

    private @Nullable Found findOnOnlyPort(RequestHead head, boolean speaking) {
        CompiledHost only = null;
        List<Integer> found = new ArrayList<>(1);
        for (int i = 0; i < ports.length; i++) {
            CompiledHost there = ports[i] == 0 ? null : findIn(tables[i], head.authority());
            if (there != null && (!speaking || speaks(there.host.protocol(), head))) {
                only = there;
                found.add(ports[i]);
            }
        }
        if (found.size() <= 1) {
            return only == null ? null : new Found(only, true, null);
        }
        String reason = head.authority() + " has no port " + head.port() + " but several others: write one of " + found;
        return new Found(null, true, LocalAnswers.noRoute(null, reason, List.of(reason)));
    }

    private static boolean speaks(PortProtocol protocol, RequestHead head) {
        return switch (protocol) {
            case HTTP -> !GrpcContent.in(head.headers());
            case GRPC -> GrpcContent.in(head.headers());
            case TLS -> "https".equals(head.scheme());
            case TCP -> false;
        };
    }

    private static boolean isDefaultPort(RequestHead head) {
        return Authority.writtenPort(head.authority()) < 0 && head.port() == ("https".equals(head.scheme()) ? 443 : 80);
    }

    static String bare(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** @param ambiguous set when several ports could have been meant */
    private record Found(@Nullable CompiledHost host, boolean named, RouteDecision.@Nullable Answer ambiguous) {}
}
