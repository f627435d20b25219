package dev.weft.control.translate;

import com.google.protobuf.BoolValue;
import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.catalog.Protocol;
import dev.weft.control.catalog.Rule;
import dev.weft.control.catalog.Service;
import dev.weft.control.catalog.ServicePort;
import dev.weft.control.istio.HttpMatch;
import dev.weft.control.istio.TrafficPolicy;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.route.v3.DirectResponseAction;
import dev.weft.proto.envoy.config.route.v3.RetryPolicy;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import dev.weft.proto.envoy.config.route.v3.RouteAction.HashPolicy;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the virtual host of a name and port: its domains and its routes. */
final class HostWriter {
    /** Envoy's own limit of 4 KB is less than what Istio lets people write. */
    private static final int MAX_DIRECT_RESPONSE_BYTES = 1024 * 1024;

    private final Caller caller;

    HostWriter(Caller caller) {
        this.caller = caller;
    }

    /** The table of one name and port. */
    RouteConfiguration table(Name name) {
        return table(name.resource(), List.of(virtualHost(name)));
    }

    static RouteConfiguration table(String resource, List<VirtualHost> hosts) {
        return RouteConfiguration.newBuilder()
                .setName(resource)
                .addAllVirtualHosts(hosts)
                .setIgnorePortInHostMatching(true)
                .setValidateClusters(BoolValue.of(false))
                .setMaxDirectResponseBodySizeBytes(Words.uint32(MAX_DIRECT_RESPONSE_BYTES))
                .build();
    }

    VirtualHost virtualHost(Name name) {
        return named(name)
                .setIncludeRequestAttemptCount(true)
                .addAllRoutes(routes(name))
                .build();
    }

    /** The name with its domains and without routes. */
    VirtualHost indexEntry(Name name) {
        return named(name).build();
    }

    private VirtualHost.Builder named(Name name) {
        VirtualHost.Builder host =
                VirtualHost.newBuilder().setName(name.resource()).addAllDomains(Domains.of(name, caller));
        ServicePort port = port(name);
        // Which port a call means that names none.
        if (port != null && caller.kind() == Kind.WEFT && !speaksPlainHttp(port.protocol())) {
            host.setMetadata(Origins.ofPort(port.protocol()));
        }
        return host;
    }

    private static boolean speaksPlainHttp(Protocol protocol) {
        return protocol.isHttp() && protocol != Protocol.GRPC;
    }

    private static @Nullable ServicePort port(Name name) {
        return name.service() == null ? null : name.service().port(name.port());
    }

    /** Whether calls to the name can be seen as HTTP at all. */
    boolean isHttp(Name name) {
        ServicePort port = port(name);
        return port == null || port.protocol().isHttp();
    }

    private List<Route> routes(Name name) {
        ServicePort port = port(name);
        if (port != null && port.protocol() == Protocol.TLS) {
            // The caller encrypts by himself: what is inside is not the mesh's to see.
            return List.of(passThrough("passthrough"));
        }
        if (port == null || port.protocol().isHttp()) {
            for (Rule rule : caller.catalog().rules().candidates(name.host(), caller.scope())) {
                List<Route> routes = routes(rule, name.port());
                if (!routes.isEmpty()) {
                    return routes;
                }
            }
        }
        return name.service() == null ? List.of() : List.of(defaultRoute(name.service(), name.port()));
    }

    private List<Route> routes(Rule rule, int port) {
        RouteWriter writer = new RouteWriter(caller, rule, port);
        List<Route> routes = new ArrayList<>();
        for (Rule.Entry entry : rule.routes()) {
            if (entry.route().match().isEmpty()) {
                routes.add(writer.write(entry, null));
            }
            for (HttpMatch match : entry.route().match()) {
                if (concerns(match, port)) {
                    routes.add(writer.write(entry, match));
                    if (isCatchAll(routes)) {
                        break;
                    }
                }
            }
            if (isCatchAll(routes)) {
                break;
            }
        }
        return routes;
    }

    private static boolean isCatchAll(List<Route> routes) {
        return !routes.isEmpty()
                && MatchWriter.isCatchAll(routes.get(routes.size() - 1).getMatch());
    }

    private boolean concerns(HttpMatch match, int port) {
        return (match.gateways().isEmpty() || match.gateways().contains("mesh"))
                && (match.port() == null || match.port() == 0 || match.port() == port)
                && (match.sourceNamespace() == null
                        || match.sourceNamespace().isEmpty()
                        || match.sourceNamespace().equals(caller.client().namespace()))
                && caller.client().has(match.sourceLabels());
    }

    private Route defaultRoute(Service service, int port) {
        RouteAction.Builder action = RouteAction.newBuilder().setCluster(Names.cluster(port, "", service.host()));
        TrafficPolicy traffic = caller.traffic(service, "", port);
        HashPolicy hash =
                traffic.loadBalancer() == null || traffic.loadBalancer().consistentHash() == null
                        ? null
                        : DestinationWriter.hashPolicy(traffic.loadBalancer().consistentHash());
        if (hash != null) {
            action.addHashPolicy(hash);
        }
        RouteWriter.writeTimeout(null, action, caller.kind());
        RetryPolicy retries = RetryWriter.write(caller.catalog().mesh().defaultHttpRetryPolicy(), hash != null);
        if (retries != null) {
            action.setRetryPolicy(retries);
        }
        return Route.newBuilder()
                .setName("default")
                .setMatch(MatchWriter.everything())
                .setMetadata(Origins.ofDefault())
                .setRoute(action)
                .build();
    }

    /** What happens to hosts that nobody knows. */
    VirtualHost outboundPolicy() {
        VirtualHost.Builder host = VirtualHost.newBuilder().addDomains("*");
        if (caller.kind() != Kind.ENVOY) {
            host.setName(Names.OUTBOUND_POLICY);
        } else {
            host.setName(caller.scope().registryOnly() ? "block_all" : "allow_any")
                    .setIncludeRequestAttemptCount(true);
        }
        if (!caller.scope().registryOnly()) {
            return host.addRoutes(passThrough("allow_any")).build();
        }
        return host.addRoutes(Route.newBuilder()
                        .setName("block_all")
                        .setMatch(MatchWriter.everything())
                        .setDirectResponse(DirectResponseAction.newBuilder().setStatus(502)))
                .build();
    }

    private Route passThrough(String name) {
        RouteAction.Builder action = RouteAction.newBuilder().setCluster(Names.PASSTHROUGH);
        RouteWriter.writeTimeout(null, action, caller.kind());
        return Route.newBuilder()
                .setName(name)
                .setMatch(MatchWriter.everything())
                .setRoute(action)
                .build();
    }
}
