package dev.weft.control.translate.inbound;

import com.google.protobuf.Duration;
import dev.weft.control.catalog.InboundPolicies;
import dev.weft.control.catalog.PeerModes;
import dev.weft.control.catalog.Protocol;
import dev.weft.control.istio.MeshConfig;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.config.core.v3.TrafficDirection;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.listener.v3.ListenerFilter;
import java.util.Map;
import java.util.TreeMap;

/**
 * The listener for everything that arrives at a workload. Chains are told apart by the port that callers name and by whether the
 * connection is TLS.
 */
public final class InboundListener {
    /** By this name a workload asks for its own. */
    public static final String NAME = "inbound";

    /** Where a sidecar's traffic is redirected to; a library listens nowhere by it. */
    private static final int PORT = 15006;

    private InboundListener() {}

    /**
     * Writes it.
     *
     * @param policies that hold for the workload
     * @param ports that it serves, by the number that callers name
     */
    public static Listener write(
            InboundPolicies policies,
            Map<Integer, Protocol> ports,
            MeshConfig mesh,
            AuthorizationServices services,
            KeySets keys) {
        PeerModes peers = policies.peers();
        Chains chains = new Chains(new Filters(policies, mesh, services, keys), mesh.pathNormalization());
        Listener.Builder out = Listener.newBuilder()
                .setName(NAME)
                .setTrafficDirection(TrafficDirection.INBOUND)
                .setAddress(Address.newBuilder()
                        .setSocketAddress(
                                SocketAddress.newBuilder().setAddress("0.0.0.0").setPortValue(PORT)))
                .addListenerFilters(inspector("original_dst", "OriginalDst"))
                .addListenerFilters(inspector("tls_inspector", "TlsInspector"))
                .setListenerFiltersTimeout(Duration.getDefaultInstance())
                .setContinueOnListenerFiltersTimeout(true)
                .addAllFilterChains(chains.others(peers.mode()));
        // Ports with a word of their own count even where nobody declared them.
        TreeMap<Integer, Protocol> all = new TreeMap<>(ports);
        peers.ports().keySet().forEach(port -> all.putIfAbsent(port, Protocol.UNKNOWN));
        all.forEach((port, protocol) -> out.addAllFilterChains(chains.of(port, protocol, peers.mode(port))));
        return out.build();
    }

    private static ListenerFilter inspector(String name, String message) {
        return ListenerFilter.newBuilder()
                .setName("envoy.filters.listener." + name)
                .setTypedConfig(Wire.empty("envoy.extensions.filters.listener." + name + ".v3." + message))
                .build();
    }
}
