package dev.weft.grpc.bridge;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.AggregatedConfigSource;
import dev.weft.proto.envoy.config.core.v3.ConfigSource;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.config.core.v3.TransportSocket;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.endpoint.v3.Endpoint;
import dev.weft.proto.envoy.config.endpoint.v3.LbEndpoint;
import dev.weft.proto.envoy.config.endpoint.v3.LocalityLbEndpoints;
import dev.weft.proto.envoy.config.listener.v3.ApiListener;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.NonForwardingAction;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateProviderPluginInstance;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;

/** Resources as stock gRPC reads them. */
final class Stock {
    private static final ConfigSource ADS = ConfigSource.newBuilder()
            .setAds(AggregatedConfigSource.getDefaultInstance())
            .build();

    private Stock() {}

    static Listener listener(String name, String table) {
        HttpConnectionManager connections = HttpConnectionManager.newBuilder()
                .setRds(Rds.newBuilder().setConfigSource(ADS).setRouteConfigName(table))
                .addHttpFilters(
                        HttpFilter.newBuilder().setName("router").setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .build();
        return Listener.newBuilder()
                .setName(name)
                .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(connections)))
                .build();
    }

    /** The listener of a server. */
    static Listener server(String name, boolean mutualTls) {
        HttpConnectionManager connections = HttpConnectionManager.newBuilder()
                .setRouteConfig(RouteConfiguration.newBuilder()
                        .addVirtualHosts(VirtualHost.newBuilder()
                                .setName("all")
                                .addDomains("*")
                                .addRoutes(Route.newBuilder()
                                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                        .setNonForwardingAction(NonForwardingAction.getDefaultInstance()))))
                .addHttpFilters(
                        HttpFilter.newBuilder().setName("router").setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .build();
        FilterChain.Builder chain = FilterChain.newBuilder()
                .addFilters(Filter.newBuilder().setName("http").setTypedConfig(Any.pack(connections)));
        if (mutualTls) {
            chain.setTransportSocket(tls(DownstreamTlsContext.newBuilder()
                    .setCommonTlsContext(fromMesh())
                    .setRequireClientCertificate(BoolValue.of(true))
                    .build()));
        }
        return Listener.newBuilder()
                .setName(name)
                .setAddress(Address.newBuilder()
                        .setSocketAddress(
                                SocketAddress.newBuilder().setAddress("0.0.0.0").setPortValue(0)))
                .setDefaultFilterChain(chain)
                .build();
    }

    static RouteConfiguration routes(String name, String cluster) {
        return RouteConfiguration.newBuilder()
                .setName(name)
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("all")
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPrefix(""))
                                .setRoute(RouteAction.newBuilder().setCluster(cluster))))
                .build();
    }

    static Cluster cluster(String name) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ADS))
                .build();
    }

    /** With the certificates of the mesh on both sides. */
    static Cluster encrypted(String name) {
        return cluster(name).toBuilder()
                .setTransportSocket(tls(UpstreamTlsContext.newBuilder()
                        .setCommonTlsContext(fromMesh())
                        .build()))
                .build();
    }

    private static TransportSocket tls(Message context) {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Any.pack(context))
                .build();
    }

    private static CommonTlsContext fromMesh() {
        CertificateProviderPluginInstance mesh = CertificateProviderPluginInstance.newBuilder()
                .setInstanceName("default")
                .build();
        return CommonTlsContext.newBuilder()
                .setTlsCertificateProviderInstance(mesh)
                .setValidationContext(CertificateValidationContext.newBuilder().setCaCertificateProviderInstance(mesh))
                .build();
    }

    static ClusterLoadAssignment endpoints(String cluster, int port) {
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(cluster)
                .addEndpoints(LocalityLbEndpoints.newBuilder()
                        .setLoadBalancingWeight(UInt32Value.of(1))
                        .addLbEndpoints(LbEndpoint.newBuilder()
                                .setEndpoint(Endpoint.newBuilder()
                                        .setAddress(Address.newBuilder()
                                                .setSocketAddress(SocketAddress.newBuilder()
                                                        .setAddress("127.0.0.1")
                                                        .setPortValue(port))))))
                .build();
    }
}
