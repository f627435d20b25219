package dev.weft.control.translate.inbound;

import com.google.protobuf.Any;
import dev.weft.config.ConfigProblem;
import dev.weft.control.catalog.InboundPolicies;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.PeerAuthentication.Mode;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.config.core.v3.TrafficDirection;
import dev.weft.proto.envoy.config.core.v3.TransportSocket;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.NonForwardingAction;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateProviderPluginInstance;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The listener of a server of stock gRPC on xDS in the process of a workload. It cannot tell TLS from plaintext on one port, so that
 * STRICT is mutual TLS, and every other mode plaintext.
 */
public final class StockListener {
    /** {@code inbound/IP:PORT}, of the server's address. Fixed, and what it meets is short. */
    private static final Pattern NAME =
            Pattern.compile("inbound/(\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:]{2,45}]):(\\d{1,5})");

    private static final String CERTIFICATES = "default";

    private StockListener() {}

    /**
     * A listener, and why it denies everything, if it does.
     */
    public record Written(Listener listener, List<ConfigProblem> closed) {}

    /**
     * Writes it; null if the name is none of a server's listener.
     *
     * @param name as it was asked for; its port is taken for the one that policies name
     * @param policies that hold for the workload
     */
    public static @Nullable Written write(String name, InboundPolicies policies, MeshConfig mesh) {
        Matcher address = NAME.matcher(name);
        if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
            return null;
        }
        String ip = address.group(1);
        int port = Integer.parseInt(address.group(2));
        StockFilters filters = new StockFilters(policies, TrustDomains.of(mesh));
        HttpConnectionManager connections = HttpConnectionManager.newBuilder()
                .setStatPrefix("inbound_" + port)
                .setRouteConfig(routes())
                .addAllHttpFilters(filters.write())
                .build();
        FilterChain.Builder chain = FilterChain.newBuilder()
                .setName("inbound")
                .addFilters(Filter.newBuilder()
                        .setName("envoy.filters.network.http_connection_manager")
                        .setTypedConfig(Any.pack(connections)));
        if (policies.peers().mode(port) == Mode.STRICT) {
            chain.setTransportSocket(mutualTls());
        }
        Listener listener = Listener.newBuilder()
                .setName(name)
                .setTrafficDirection(TrafficDirection.INBOUND)
                .setAddress(Address.newBuilder()
                        .setSocketAddress(SocketAddress.newBuilder()
                                .setAddress(ip.startsWith("[") ? ip.substring(1, ip.length() - 1) : ip)
                                .setPortValue(port)))
                .setDefaultFilterChain(chain)
                .build();
        return new Written(listener, filters.problems());
    }

    private static RouteConfiguration routes() {
        return RouteConfiguration.newBuilder()
                .setName("inbound")
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("inbound")
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                .setNonForwardingAction(NonForwardingAction.getDefaultInstance())))
                .build();
    }

    /** The library's own certificates; whose they must be says the trust bundle that comes with them. */
    private static TransportSocket mutualTls() {
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder()
                .setTlsCertificateProviderInstance(certificate(CERTIFICATES))
                .setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                        .setDefaultValidationContext(CertificateValidationContext.newBuilder()
                                .setCaCertificateProviderInstance(certificate("ROOTCA"))));
        return DownstreamTls.mutual(common);
    }

    private static CertificateProviderPluginInstance certificate(String name) {
        return CertificateProviderPluginInstance.newBuilder()
                .setInstanceName(CERTIFICATES)
                .setCertificateName(name)
                .build();
    }
}
