package dev.weft.xds.reader;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.RouteConfiguration;
import dev.weft.proto.envoy.config.core.v3.TrafficDirection;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code Listener}: by name with an {@code api_listener}, or as a sidecar gets it, per port with filter chains. Chains that
 * speak no HTTP are none of a library's business.
 */
public final class ListenerReader {
    private static final KnownFields LISTENER = KnownFields.of(Listener.getDescriptor())
            .honours(
                    "name",
                    "address",
                    "filter_chains",
                    "default_filter_chain",
                    "use_original_dst",
                    "traffic_direction",
                    "api_listener")
            // Sockets: nothing is bound here.
            .skips(
                    "additional_addresses",
                    "stat_prefix",
                    "per_connection_buffer_limit_bytes",
                    "metadata",
                    "deprecated_v1",
                    "drain_type",
                    "listener_filters",
                    "listener_filters_timeout",
                    "continue_on_listener_filters_timeout",
                    "transparent",
                    "freebind",
                    "socket_options",
                    "tcp_fast_open_queue_length",
                    "connection_balance_config",
                    "reuse_port",
                    "enable_reuse_port",
                    "access_log",
                    "tcp_backlog_size",
                    "max_connections_to_accept_per_socket_event",
                    "bind_to_port",
                    "enable_mptcp",
                    "ignore_global_conn_limit",
                    "bypass_overload_manager");

    /** What mesh-control calls the listener for requests that come in, when asked for it by name. */
    public static final String INBOUND = "inbound";

    /** What istiod calls it. */
    private static final String VIRTUAL_INBOUND = "virtualInbound";

    /** They are for requests that come in whatever they hold, so that a broken one opens nothing. */
    private static final Set<String> INBOUND_NAMES = Set.of(INBOUND, VIRTUAL_INBOUND);

    private static final String INBOUND_GRPC = "xds.istio.io/grpc/lds/inbound/";
    private static final String TCP_PROXY = "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy";
    /** {@code TcpProxy.cluster}; the message is not generated, because this one field is all that is read of it. */
    private static final int TCP_PROXY_CLUSTER = 2;

    private ListenerReader() {}

    /** Reads a listener. */
    public static Read<ReadListener> read(String name, byte[] value) {
        Problems problems = new Problems("Listener " + name);
        try {
            Listener found = Listener.parseFrom(value);
            if (isInbound(name, found)) {
                return InboundListenerReader.read(name, found);
            }
            problems.checkName(name, "name", found.getName());
            return Read.of(problems, listener(found, problems.root()));
        } catch (InvalidProtocolBufferException e) {
            problems.root().refuse(null, "a Listener message: " + e.getMessage());
            return INBOUND_NAMES.contains(name)
                    ? InboundListenerReader.unreadable(name, problems)
                    : Read.of(problems, null);
        }
    }

    /** Whether a listener for requests that come in speaks of all ports, and not of the one that it is bound to. */
    public static boolean isForAllPorts(String name) {
        return INBOUND_NAMES.contains(name);
    }

    private static boolean isInbound(String name, Listener found) {
        return INBOUND_NAMES.contains(name)
                || found.getTrafficDirection() == TrafficDirection.INBOUND
                || name.startsWith(INBOUND_GRPC);
    }

    private static ReadListener listener(Listener found, Place place) {
        LISTENER.check(found, place);
        if (found.hasApiListener()) {
            return api(found, place);
        }
        if (found.getUseOriginalDst().getValue()) {
            return of(found, others(found), 0, List.of());
        }
        return port(found, place);
    }

    private static ReadListener api(Listener found, Place place) {
        Any any = found.getApiListener().getApiListener();
        Place at = place.at("api_listener.api_listener");
        List<ConnectionManagerReader> managers = new ArrayList<>(1);
        if (any.is(HttpConnectionManager.class)) {
            HttpConnectionManager manager = Values.unpack(any, HttpConnectionManager.class, at);
            if (manager != null) {
                managers.add(ConnectionManagerReader.read(manager, at));
            }
        } else {
            at.refuse(any.getTypeUrl(), "an HttpConnectionManager");
        }
        int port = portOf(found.getName());
        return of(
                found,
                ReadListener.Kind.API,
                port > 0 ? port : found.getAddress().getSocketAddress().getPortValue(),
                managers);
    }

    private static ReadListener port(Listener found, Place place) {
        List<ConnectionManagerReader> managers = new ArrayList<>(1);
        for (int i = 0; i < found.getFilterChainsCount(); i++) {
            chain(found.getFilterChains(i), managers, place.at("filter_chains", i));
        }
        if (found.hasDefaultFilterChain()) {
            chain(found.getDefaultFilterChain(), managers, place.at("default_filter_chain"));
        }
        AddressReader.HostPort address = AddressReader.read(found.getAddress(), place.at("address"));
        return of(
                found,
                managers.isEmpty() ? ReadListener.Kind.TCP : ReadListener.Kind.PORT,
                address == null ? 0 : address.port(),
                managers);
    }

    private static void chain(FilterChain chain, List<ConnectionManagerReader> managers, Place place) {
        for (int i = 0; i < chain.getFiltersCount(); i++) {
            Any any = chain.getFilters(i).getTypedConfig();
            if (any.is(HttpConnectionManager.class)) {
                Place at = place.at("filters", i).at("typed_config");
                HttpConnectionManager manager = Values.unpack(any, HttpConnectionManager.class, at);
                if (manager != null) {
                    managers.add(ConnectionManagerReader.read(manager, at));
                }
            }
        }
    }

    /** A sidecar's catch-all listener: the cluster of its last chain is the outbound policy. */
    private static ReadListener.Kind others(Listener found) {
        String cluster = null;
        List<FilterChain> chains = new ArrayList<>(found.getFilterChainsList());
        if (found.hasDefaultFilterChain()) {
            chains.add(found.getDefaultFilterChain());
        }
        for (FilterChain chain : chains) {
            // A chain for the listener's own port keeps requests from running in circles; it is no policy.
            if (!chain.getFilterChainMatch().hasDestinationPort()) {
                for (Filter filter : chain.getFiltersList()) {
                    String target = tcpCluster(filter.getTypedConfig());
                    cluster = target == null ? cluster : target;
                }
            }
        }
        return MeshSnapshot.PASSTHROUGH_CLUSTER.equals(cluster)
                ? ReadListener.Kind.PASS_OTHERS
                : ReadListener.Kind.BLOCK_OTHERS;
    }

    private static @Nullable String tcpCluster(Any any) {
        if (!any.getTypeUrl().endsWith(TCP_PROXY)) {
            return null;
        }
        try {
            var values = UnknownFieldSet.parseFrom(any.getValue())
                    .getField(TCP_PROXY_CLUSTER)
                    .getLengthDelimitedList();
            return values.isEmpty() ? null : values.get(values.size() - 1).toStringUtf8();
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    private static ReadListener of(
            Listener found, ReadListener.Kind kind, int port, List<ConnectionManagerReader> managers) {
        List<String> names = new ArrayList<>(1);
        List<RouteConfiguration> inline = new ArrayList<>(0);
        for (ConnectionManagerReader manager : managers) {
            if (manager.routeName() != null && !names.contains(manager.routeName())) {
                names.add(manager.routeName());
            }
            if (manager.inline() != null) {
                inline.add(manager.inline());
            }
        }
        return new ReadListener(found.getName(), kind, port, names, inline);
    }

    /** The port of a name like {@code reviews.default.svc.cluster.local:9080}, 0 if it has none. */
    public static int portOf(String name) {
        int colon = name.lastIndexOf(':');
        try {
            int port = colon < 0 ? 0 : Integer.parseInt(name.substring(colon + 1));
            return port > 0 && port <= 65_535 ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
