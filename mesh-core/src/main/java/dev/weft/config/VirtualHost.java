package dev.weft.config;

import java.util.List;

/**
 * The routes of some domains on one port.
 *
 * @param name resource name, as in {@code reviews.default.svc.cluster.local:9080}
 * @param domains lower case: exact, {@code *.suffix}, {@code prefix.*} or {@code *}
 * @param routes in order
 * @param attemptCount send {@code x-envoy-attempt-count}
 * @param request changes to every request
 * @param response changes to every response
 * @param loaded false: only the name is known yet; the routes come with the first call
 * @param protocol what is spoken on the port
 */
public record VirtualHost(
        String name,
        List<String> domains,
        List<Route> routes,
        boolean attemptCount,
        HeaderOps request,
        HeaderOps response,
        boolean loaded,
        PortProtocol protocol) {
    public VirtualHost {
        domains = List.copyOf(domains);
        routes = List.copyOf(routes);
    }

    /** On a port that speaks HTTP. */
    public VirtualHost(
            String name,
            List<String> domains,
            List<Route> routes,
            boolean attemptCount,
            HeaderOps request,
            HeaderOps response,
            boolean loaded) {
        this(name, domains, routes, attemptCount, request, response, loaded, PortProtocol.HTTP);
    }

    /** A name from the index whose routes have not been asked for. */
    public static VirtualHost indexed(String name, List<String> domains) {
        return indexed(name, domains, PortProtocol.HTTP);
    }

    /** A name from the index, on a port that speaks this. */
    public static VirtualHost indexed(String name, List<String> domains, PortProtocol protocol) {
        return withoutRoutes(name, domains, false, protocol);
    }

    private static VirtualHost withoutRoutes(String name, List<String> domains, boolean loaded, PortProtocol protocol) {
        return new VirtualHost(name, domains, List.of(), false, HeaderOps.NONE, HeaderOps.NONE, loaded, protocol);
    }

    /** The same for these domains only. */
    public VirtualHost withDomains(List<String> others) {
        return new VirtualHost(name, others, routes, attemptCount, request, response, loaded, protocol);
    }

    /** The same, of which is known that it has no routes: nobody needs to wait for them. */
    public VirtualHost withoutRoutes() {
        return withoutRoutes(name, domains, true, protocol);
    }

    /** The outbound policy ALLOW_ANY in the form a control plane serves it: unknown hosts pass through. */
    public static VirtualHost allowAny() {
        return everyDomain(
                "allow_any",
                new RouteAction.Forward(
                        List.of(new WeightedCluster(
                                MeshSnapshot.PASSTHROUGH_CLUSTER, 1, HeaderOps.NONE, HeaderOps.NONE)),
                        null,
                        null,
                        RetryPolicy.NONE,
                        List.of(),
                        Rewrite.NONE,
                        List.of()));
    }

    /** The outbound policy REGISTRY_ONLY in the form a control plane serves it: unknown hosts are answered 502. */
    public static VirtualHost blockAll() {
        return everyDomain("block_all", new RouteAction.DirectReply(502, ""));
    }

    private static VirtualHost everyDomain(String name, RouteAction action) {
        Route route =
                new Route(name, RouteMatch.everything(), action, HeaderOps.NONE, HeaderOps.NONE, null, null, null);
        return new VirtualHost(name, List.of("*"), List.of(route), false, HeaderOps.NONE, HeaderOps.NONE, true);
    }
}
