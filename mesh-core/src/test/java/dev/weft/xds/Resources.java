package dev.weft.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.AggregatedConfigSource;
import dev.weft.proto.envoy.config.core.v3.ConfigSource;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.endpoint.v3.Endpoint;
import dev.weft.proto.envoy.config.endpoint.v3.LbEndpoint;
import dev.weft.proto.envoy.config.endpoint.v3.LocalityLbEndpoints;
import dev.weft.proto.envoy.config.listener.v3.ApiListener;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.Rds;

/** The smallest resources that are right. */
final class Resources {
    private Resources() {}

    /** An entry of the index; the name without its port is the domain. */
    static VirtualHost index(String name) {
        return VirtualHost.newBuilder()
                .setName(name)
                .addDomains(name.substring(0, name.lastIndexOf(':')))
                .build();
    }

    /** The outbound policy: unknown hosts pass. */
    static VirtualHost passOthers() {
        return VirtualHost.newBuilder()
                .setName("*:0")
                .addDomains("*")
                .addRoutes(route("PassthroughCluster"))
                .build();
    }

    static Listener listener(String name) {
        return Listener.newBuilder()
                .setName(name)
                .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager(name))))
                .build();
    }

    /** A sidecar's listener for a port, whose table is called like the port. */
    static Listener portListener(int port) {
        return Listener.newBuilder()
                .setName("0.0.0.0_" + port)
                .setAddress(address("0.0.0.0", port))
                .addFilterChains(FilterChain.newBuilder()
                        .addFilters(Filter.newBuilder().setTypedConfig(Any.pack(manager(Integer.toString(port))))))
                .build();
    }

    private static HttpConnectionManager manager(String table) {
        return HttpConnectionManager.newBuilder()
                .setRds(Rds.newBuilder().setRouteConfigName(table).setConfigSource(ads()))
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("envoy.filters.http.router")
                        .setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .build();
    }

    /** One virtual host of that name; everything goes to the cluster. */
    static RouteConfiguration routes(String name, String cluster) {
        return RouteConfiguration.newBuilder()
                .setName(name)
                .addVirtualHosts(index(name).toBuilder().addRoutes(route(cluster)))
                .build();
    }

    /** A sidecar's table of one host. */
    static RouteConfiguration portRoutes(int port, String host, String cluster) {
        return RouteConfiguration.newBuilder()
                .setName(Integer.toString(port))
                .addVirtualHosts(index(host + ":" + port).toBuilder().addRoutes(route(cluster)))
                .build();
    }

    private static Route route(String cluster) {
        return Route.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                .setRoute(RouteAction.newBuilder().setCluster(cluster))
                .build();
    }

    static Cluster cluster(String name) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(ads()))
                .build();
    }

    /** Wrong in one place: the connect timeout is 0. */
    static Cluster badCluster(String name) {
        return cluster(name).toBuilder()
                .setConnectTimeout(com.google.protobuf.Duration.getDefaultInstance())
                .build();
    }

    static ClusterLoadAssignment endpoints(String cluster, String address, int port) {
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(cluster)
                .addEndpoints(LocalityLbEndpoints.newBuilder()
                        .addLbEndpoints(LbEndpoint.newBuilder()
                                .setEndpoint(Endpoint.newBuilder().setAddress(address(address, port)))))
                .build();
    }

    private static Address address(String address, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(address).setPortValue(port))
                .build();
    }

    private static ConfigSource ads() {
        return ConfigSource.newBuilder()
                .setAds(AggregatedConfigSource.getDefaultInstance())
                .build();
    }

    static ResourceType type(Message resource) {
        return ResourceType.of(
                "type.googleapis.com/" + resource.getDescriptorForType().getFullName());
    }

    static String name(Message resource) {
        return (String) resource.getField(resource.getDescriptorForType().findFieldByNumber(1));
    }
}
