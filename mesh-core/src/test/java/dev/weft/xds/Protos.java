package dev.weft.xds;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.extensions.filters.http.cors.v3.Cors;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.HTTPFault;
import dev.weft.proto.envoy.extensions.filters.http.rbac.v3.RBAC;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import dev.weft.proto.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The generated messages that occur inside {@code Any}s. */
final class Protos {
    private Protos() {}

    static Set<FileDescriptor> files() {
        Set<FileDescriptor> files = new LinkedHashSet<>();
        Stream.of(
                        Cluster.getDescriptor(),
                        ClusterLoadAssignment.getDescriptor(),
                        Listener.getDescriptor(),
                        RouteConfiguration.getDescriptor(),
                        VirtualHost.getDescriptor(),
                        Cors.getDescriptor(),
                        HTTPFault.getDescriptor(),
                        RBAC.getDescriptor(),
                        Router.getDescriptor(),
                        HttpConnectionManager.getDescriptor(),
                        PreviousHostsPredicate.getDescriptor(),
                        UpstreamTlsContext.getDescriptor(),
                        HttpProtocolOptions.getDescriptor())
                .forEach(type -> files.add(type.getFile()));
        return files;
    }
}
