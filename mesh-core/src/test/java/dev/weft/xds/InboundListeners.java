package dev.weft.xds;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.config.core.v3.TrafficDirection;
import dev.weft.proto.envoy.config.core.v3.TransportSocket;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.FilterChainMatch;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.rbac.v3.Permission;
import dev.weft.proto.envoy.config.rbac.v3.Policy;
import dev.weft.proto.envoy.config.rbac.v3.Principal;
import dev.weft.proto.envoy.config.rbac.v3.RBAC;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;

/** Listeners for requests that come in, the smallest that are right, to be spoiled by tests. */
public final class InboundListeners {
    private InboundListeners() {}

    /** One for all ports. */
    public static Listener listener(String name, FilterChain... chains) {
        Listener.Builder listener = Listener.newBuilder()
                .setName(name)
                .setTrafficDirection(TrafficDirection.INBOUND)
                .setAddress(Address.newBuilder()
                        .setSocketAddress(
                                SocketAddress.newBuilder().setAddress("0.0.0.0").setPortValue(15006)));
        for (FilterChain chain : chains) {
            listener.addFilterChains(chain);
        }
        return listener.build();
    }

    /** For mutual TLS on every port that has no chain of its own. */
    public static FilterChain encrypted(HttpFilter... filters) {
        return encrypted(tls(), manager(filters));
    }

    public static FilterChain encrypted(DownstreamTlsContext context, HttpConnectionManager manager) {
        return plaintext(manager).toBuilder()
                .setFilterChainMatch(FilterChainMatch.newBuilder().setTransportProtocol("tls"))
                .setTransportSocket(TransportSocket.newBuilder()
                        .setName("envoy.transport_sockets.tls")
                        .setTypedConfig(Any.pack(context)))
                .build();
    }

    /** For plaintext on every port that has no chain of its own. */
    public static FilterChain plaintext(HttpFilter... filters) {
        return plaintext(manager(filters));
    }

    public static FilterChain plaintext(HttpConnectionManager manager) {
        return FilterChain.newBuilder()
                .setFilterChainMatch(FilterChainMatch.newBuilder().setTransportProtocol("raw_buffer"))
                .addFilters(Filter.newBuilder()
                        .setName("envoy.filters.network.http_connection_manager")
                        .setTypedConfig(Any.pack(manager)))
                .build();
    }

    /** The chain for one port only. */
    public static FilterChain on(int port, FilterChain chain) {
        FilterChain.Builder changed = chain.toBuilder();
        changed.getFilterChainMatchBuilder().setDestinationPort(UInt32Value.of(port));
        return changed.build();
    }

    /** As istiod sets one up, with these filters before the router. */
    public static HttpConnectionManager manager(HttpFilter... filters) {
        HttpConnectionManager.Builder manager = HttpConnectionManager.newBuilder()
                .setStatPrefix("inbound")
                .setNormalizePath(BoolValue.of(true))
                .setForwardClientCertDetails(HttpConnectionManager.ForwardClientCertDetails.APPEND_FORWARD)
                .setRouteConfig(RouteConfiguration.newBuilder().setName("inbound|9080||"));
        for (HttpFilter filter : filters) {
            manager.addHttpFilters(filter);
        }
        return manager.addHttpFilters(filter("envoy.filters.http.router", Router.getDefaultInstance()))
                .build();
    }

    public static HttpFilter filter(String name, com.google.protobuf.Message config) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }

    /** A filter that enforces these rules. */
    public static HttpFilter rbac(RBAC rules) {
        return filter(
                "envoy.filters.http.rbac",
                dev.weft
                        .proto
                        .envoy
                        .extensions
                        .filters
                        .http
                        .rbac
                        .v3
                        .RBAC
                        .newBuilder()
                        .setRules(rules)
                        .build());
    }

    /** Rules of one policy. */
    public static RBAC rules(RBAC.Action action, Permission permission, Principal principal) {
        return RBAC.newBuilder()
                .setAction(action)
                .putPolicies(
                        "ns[default]-policy[p]-rule[0]",
                        Policy.newBuilder()
                                .addPermissions(permission)
                                .addPrincipals(principal)
                                .build())
                .build();
    }

    public static Permission anything() {
        return Permission.newBuilder().setAny(true).build();
    }

    public static Principal anybody() {
        return Principal.newBuilder().setAny(true).build();
    }

    /** The mesh's mutual TLS. */
    @SuppressWarnings("deprecation") // match_subject_alt_names is what istiod writes
    public static DownstreamTlsContext tls() {
        return DownstreamTlsContext.newBuilder()
                .setRequireClientCertificate(BoolValue.of(true))
                .setCommonTlsContext(CommonTlsContext.newBuilder()
                        .addTlsCertificateSdsSecretConfigs(
                                SdsSecretConfig.newBuilder().setName("default"))
                        .setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                                .setDefaultValidationContext(CertificateValidationContext.newBuilder()
                                        .addMatchSubjectAltNames(
                                                StringMatcher.newBuilder().setPrefix("spiffe://cluster.local/")))
                                .setValidationContextSdsSecretConfig(
                                        SdsSecretConfig.newBuilder().setName("ROOTCA"))))
                .build();
    }
}
