package dev.weft.route;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.Route;
import dev.weft.config.VirtualHost;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A virtual host of the configuration in force, in words; for people, and for tools that show it to them.
 *
 * @param port that callers write; 0: what holds for every other port
 * @param name of the virtual host, as in {@code reviews.default.svc.cluster.local:9080}
 * @param domains it answers to
 * @param loaded false: nobody here has called it yet, so only its name is known
 * @param rules in order; the first that matches wins
 */
public record RouteView(int port, String name, List<String> domains, boolean loaded, List<Rule> rules) {
    public RouteView {
        domains = List.copyOf(domains);
        rules = List.copyOf(rules);
    }

    /**
     * One route.
     *
     * @param name or empty
     * @param when all must hold: {@code path prefix "/"}, {@code header end-user exact "jason"}; empty: always
     * @param then what happens: {@code to outbound|9080|v1|reviews..., weight 90}, {@code timeout 3 s}
     * @param origin where it was written, or empty
     */
    public record Rule(String name, List<String> when, List<String> then, String origin) {
        public Rule {
            when = List.copyOf(when);
            then = List.copyOf(then);
        }
    }

    /** All of a snapshot, by port and name. */
    public static List<RouteView> of(MeshSnapshot snapshot) {
        List<RouteView> views = new ArrayList<>();
        new TreeMap<>(snapshot.ports()).forEach((port, hosts) -> {
            for (VirtualHost host : hosts) {
                List<Rule> rules = host.routes().stream().map(RouteView::rule).toList();
                views.add(new RouteView(port, host.name(), host.domains(), host.loaded(), rules));
            }
        });
        return views;
    }

    private static Rule rule(Route route) {
        return new Rule(
                route.name(),
                RouteWords.when(route.match()),
                RouteWords.then(route),
                route.origin() == null ? "" : route.origin().toString());
    }
}
