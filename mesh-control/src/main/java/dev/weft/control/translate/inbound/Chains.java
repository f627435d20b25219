package dev.weft.control.translate.inbound;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import dev.weft.control.catalog.Protocol;
import dev.weft.control.istio.MeshConfig.PathNormalization;
import dev.weft.control.istio.PeerAuthentication.Mode;
import dev.weft.control.translate.wire.Paths;
import dev.weft.proto.envoy.config.core.v3.Http2ProtocolOptions;
import dev.weft.proto.envoy.config.core.v3.TransportSocket;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.FilterChainMatch;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails;
import java.util.ArrayList;
import java.util.List;

/** Writes the filter chains of a port: one for each kind of connection that it takes. A kind that has none is not taken. */
final class Chains {
    private static final String PASSTHROUGH = "InboundPassthroughCluster";
    private static final String CATCH_ALL = "virtualInbound-catchall-http";

    private final Filters filters;
    private final PathNormalization paths;
    private final TransportSocket tls;

    Chains(Filters filters, PathNormalization paths) {
        this.filters = filters;
        this.paths = paths;
        this.tls = DownstreamTls.write(filters.domains());
    }

    /** Of one port. */
    List<FilterChain> of(int port, Protocol protocol, Mode mode) {
        FilterChain.Builder chain = FilterChain.newBuilder().setName("0.0.0.0_" + port);
        if (protocol.isHttp()) {
            chain.addFilters(connections(port, protocol.isHttp2()));
        } else {
            chain.addAllFilters(filters.tcp());
            chain.addFilters(Filter.newBuilder()
                    .setName("envoy.filters.network.tcp_proxy")
                    .setTypedConfig(Wire.tcpProxy("inbound|" + port + "||", "inbound|" + port + "||")));
        }
        return matched(chain.build(), FilterChainMatch.newBuilder().setDestinationPort(UInt32Value.of(port)), mode);
    }

    /** Of all ports that have none of their own. */
    List<FilterChain> others(Mode mode) {
        FilterChain.Builder chain = FilterChain.newBuilder().setName(CATCH_ALL).addFilters(connections(0, false));
        return matched(chain.build(), FilterChainMatch.newBuilder(), mode);
    }

    private List<FilterChain> matched(FilterChain chain, FilterChainMatch.Builder match, Mode mode) {
        List<FilterChain> chains = new ArrayList<>();
        if (mode != Mode.DISABLE) {
            chains.add(chain.toBuilder()
                    .setFilterChainMatch(match.setTransportProtocol("tls"))
                    .setTransportSocket(tls)
                    .build());
        }
        if (mode != Mode.STRICT) {
            chains.add(chain.toBuilder()
                    .setFilterChainMatch(match.setTransportProtocol("raw_buffer"))
                    .build());
        }
        return chains;
    }

    /** @param port 0 for all others */
    private Filter connections(int port, boolean http2) {
        HttpConnectionManager.Builder out = HttpConnectionManager.newBuilder()
                .setStatPrefix(port == 0 ? PASSTHROUGH : "inbound_0.0.0.0_" + port)
                .setRouteConfig(routes(port))
                .setUseRemoteAddress(BoolValue.of(false))
                .setForwardClientCertDetails(ForwardClientCertDetails.APPEND_FORWARD)
                .setSetCurrentClientCertDetails(SetCurrentClientCertDetails.newBuilder()
                        .setSubject(BoolValue.of(true))
                        .setDns(true)
                        .setUri(true))
                .setStreamIdleTimeout(Duration.getDefaultInstance())
                .addAllHttpFilters(filters.http());
        if (http2) {
            out.setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance());
        }
        Paths.write(paths, out);
        return Filter.newBuilder()
                .setName("envoy.filters.network.http_connection_manager")
                .setTypedConfig(Any.pack(out.build()))
                .build();
    }

    private static RouteConfiguration routes(int port) {
        String cluster = port == 0 ? PASSTHROUGH : "inbound|" + port + "||";
        return RouteConfiguration.newBuilder()
                .setName(cluster)
                .setValidateClusters(BoolValue.of(false))
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("inbound|http|" + port)
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setName("default")
                                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                .setRoute(RouteAction.newBuilder()
                                        .setCluster(cluster)
                                        .setTimeout(Duration.getDefaultInstance()))))
                .build();
    }
}
