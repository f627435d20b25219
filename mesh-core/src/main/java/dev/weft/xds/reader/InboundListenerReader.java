package dev.weft.xds.reader;

import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.TlsMode;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.listener.v3.ListenerFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code Listener} for requests that come in, of either dialect. Whatever in it is not understood refuses the whole of it, and then
 * every request that arrives: what was left out might have been what keeps somebody out.
 */
final class InboundListenerReader {
    private static final KnownFields LISTENER = KnownFields.of(Listener.getDescriptor())
            .honours("name", "address", "filter_chains", "listener_filters", "traffic_direction")
            // Sockets: the server of the application is bound by itself. What connections are for is told by their
            // port.
            .skips(
                    "additional_addresses",
                    "stat_prefix",
                    "use_original_dst",
                    "per_connection_buffer_limit_bytes",
                    "metadata",
                    "deprecated_v1",
                    "drain_type",
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

    /** They find out what the process knows: the port, and what is spoken. */
    private static final Set<String> INSPECTORS = Set.of(
            "envoy.filters.listener.original_dst",
            "envoy.filters.listener.original_src",
            "envoy.filters.listener.tls_inspector",
            "envoy.filters.listener.http_inspector");

    private InboundListenerReader() {}

    static Read<ReadListener> read(String name, Listener found) {
        Problems problems = Problems.strict("Listener " + name);
        Place place = problems.root();
        problems.checkName(name, "name", found.getName());
        LISTENER.check(found, place);
        UnknownFields.refuse(found, place);
        for (int i = 0; i < found.getListenerFiltersCount(); i++) {
            ListenerFilter filter = found.getListenerFilters(i);
            if (!INSPECTORS.contains(filter.getName())) {
                place.at("listener_filters", i).refuse(filter.getName(), "one of " + sorted(INSPECTORS));
            }
        }
        int port = found.getAddress().getSocketAddress().getPortValue();
        InboundPolicy policy = chains(found, port, place);
        return problems.refused()
                ? unreadable(name, problems)
                : Read.of(problems, ReadListener.inbound(name, port, policy));
    }

    /** A listener that lets nobody in, beside what is wrong with it. */
    static Read<ReadListener> unreadable(String name, Problems problems) {
        String reason = "the policy for requests that arrive is not understood, so nobody is let in: "
                + problems.list().stream()
                        .filter(problem -> problem.severity() == dev.weft.config.ConfigProblem.Severity.ERROR)
                        .findFirst()
                        .map(Object::toString)
                        .orElse("");
        return new Read<>(ReadListener.inbound(name, 0, InboundPolicy.refusing(reason)), problems.list());
    }

    private static InboundPolicy chains(Listener found, int own, Place place) {
        Map<Integer, List<InboundChainReader>> byPort = new HashMap<>();
        for (int i = 0; i < found.getFilterChainsCount(); i++) {
            FilterChain chain = found.getFilterChains(i);
            var match = chain.getFilterChainMatch();
            if (match.hasDestinationPort() && match.getDestinationPort().getValue() == own) {
                // The listener's own port, to which nobody is led: it keeps connections from running in circles.
                continue;
            }
            InboundChainReader read = InboundChainReader.read(chain, place.at("filter_chains", i));
            byPort.computeIfAbsent(match.getDestinationPort().getValue(), number -> new ArrayList<>())
                    .add(read);
        }
        Map<Integer, PortPolicy> ports = new HashMap<>();
        byPort.forEach((number, chains) -> ports.put(number, port(number, chains, place)));
        PortPolicy others = ports.remove(0);
        return new InboundPolicy(ports, others == null ? PortPolicy.CLOSED : others);
    }

    private static PortPolicy port(int number, List<InboundChainReader> chains, Place place) {
        InboundChainReader encrypted = choose(number, chains, InboundChainReader::takesMutualTls, place);
        InboundChainReader plaintext = choose(number, chains, chain -> !chain.takesMutualTls(), place);
        InboundChainReader any = encrypted == null ? plaintext : encrypted;
        if (any == null) {
            return PortPolicy.CLOSED;
        }
        if (encrypted != null && plaintext != null && !encrypted.judgesLike(plaintext)) {
            differ(number, place);
        }
        TlsMode tls = plaintext == null ? TlsMode.STRICT : encrypted == null ? TlsMode.DISABLE : TlsMode.PERMISSIVE;
        return new PortPolicy(tls, any.callers(), any.heads(), any.stages());
    }

    /**
     * Of the chains of a port and transport, the one that a request meets. Those that speak HTTP come first, since Envoy's other
     * chains are for what it has not recognised as HTTP. Names of protocols do not tell them apart here.
     */
    private static @Nullable InboundChainReader choose(
            int number,
            List<InboundChainReader> chains,
            java.util.function.Predicate<InboundChainReader> kind,
            Place place) {
        boolean http = chains.stream().anyMatch(chain -> kind.test(chain) && chain.http());
        InboundChainReader chosen = null;
        for (InboundChainReader chain : chains) {
            if (!kind.test(chain) || chain.http() != http) {
                continue;
            }
            if (chosen != null && !(chosen.judgesLike(chain) && chosen.callers().equals(chain.callers()))) {
                differ(number, place);
            }
            chosen = chosen == null ? chain : chosen;
        }
        return chosen;
    }

    private static void differ(int number, Place place) {
        place.refuse(
                "filter_chains",
                number == 0 ? "for all other ports" : "for port " + number,
                "chains of one port that judge alike, because one server takes their connections");
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
