package dev.weft.xds.reader;

import com.google.protobuf.Any;
import dev.weft.config.InboundPolicy.HeadRules;
import dev.weft.config.InboundStage;
import dev.weft.proto.envoy.config.core.v3.CidrRange;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.FilterChainMatch;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.rbac.v3.RBAC;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One filter chain of a listener for requests that come in.
 *
 * @param takesMutualTls it is for TLS that ends here; else for plaintext, or for TLS of the application's own, which is as good
 * @param http it judges requests; else connections, by which their requests are judged then
 * @param callers what the identity of a caller begins with, one of these
 * @param heads what becomes of a request's head
 * @param stages in their order
 */
record InboundChainReader(
        boolean takesMutualTls, boolean http, List<String> callers, HeadRules heads, List<InboundStage> stages) {
    private static final KnownFields CHAIN = KnownFields.of(FilterChain.getDescriptor())
            .honours("filter_chain_match", "filters", "transport_socket")
            .skips("name", "metadata", "transport_socket_connect_timeout");
    private static final KnownFields MATCH = KnownFields.of(FilterChainMatch.getDescriptor())
            .honours("destination_port", "transport_protocol", "prefix_ranges")
            // Names tell what is spoken inside TLS; the server finds that out by itself, and demands a certificate for
            // every name.
            .skips("application_protocols");
    private static final KnownFields FILTER =
            KnownFields.of(Filter.getDescriptor()).honours("name", "typed_config");

    /** They count, or exchange what a caller says about itself, which nobody believes here. */
    private static final Set<String> SKIPPED = Set.of("istio.metadata_exchange", "istio.stats", "istio.tcp_stats");

    private static final String TCP_PROXY = "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy";
    private static final String TLS = "tls";

    static InboundChainReader read(FilterChain found, Place place) {
        CHAIN.check(found, place);
        match(found.getFilterChainMatch(), place.at("filter_chain_match"));
        // Without a word about it, what the chain itself speaks is what it is for.
        String transport = found.getFilterChainMatch().getTransportProtocol();
        boolean tls = transport.equals(TLS) || transport.isEmpty();
        List<String> callers = List.of();
        if (found.hasTransportSocket()) {
            callers = callers(found, tls, place.at("transport_socket"));
        }
        boolean http = false;
        boolean serves = false;
        HeadRules heads = HeadRules.ISTIO;
        List<InboundStage> stages = new ArrayList<>();
        for (int i = 0; i < found.getFiltersCount(); i++) {
            Filter filter = found.getFilters(i);
            Place at = place.at("filters", i);
            FILTER.check(filter, at);
            Any any = filter.getTypedConfig();
            serves |= any.is(HttpConnectionManager.class) || any.getTypeUrl().endsWith(TCP_PROXY);
            if (any.is(HttpConnectionManager.class)) {
                HttpConnectionManager manager = Values.unpack(any, HttpConnectionManager.class, at.at("typed_config"));
                if (manager != null) {
                    http = true;
                    heads = InboundManagerReader.heads(manager, at.at("typed_config"));
                    stages.addAll(InboundManagerReader.stages(manager, at.at("typed_config")));
                }
            } else if (any.is(RBAC.class)) {
                RBAC rbac = Values.unpack(any, RBAC.class, at.at("typed_config"));
                if (rbac != null) {
                    stages.add(RbacReader.read(rbac, at.at("typed_config")));
                }
            } else if (!SKIPPED.contains(filter.getName()) && !any.getTypeUrl().endsWith(TCP_PROXY)) {
                at.refuse(filter.getName(), "HTTP, RBAC, a TCP proxy, or a filter that only counts");
            }
        }
        if (!serves) {
            place.refuse(
                    "filters", null, "HTTP or a TCP proxy among them; Envoy closes connections that nothing serves");
        }
        return new InboundChainReader(found.hasTransportSocket(), http, callers, heads, stages);
    }

    private static void match(FilterChainMatch found, Place place) {
        MATCH.check(found, place);
        String transport = found.getTransportProtocol();
        if (!transport.isEmpty() && !transport.equals(TLS) && !transport.equals("raw_buffer")) {
            place.refuse("transport_protocol", transport, "tls or raw_buffer");
        }
        for (int i = 0; i < found.getPrefixRangesCount(); i++) {
            CidrRange range = found.getPrefixRanges(i);
            if (range.getPrefixLen().getValue() != 0) {
                place.at("prefix_ranges", i)
                        .refuse(
                                range.getAddressPrefix() + "/"
                                        + range.getPrefixLen().getValue(),
                                "every address; a process has one policy for all of its own");
            }
        }
    }

    private static List<String> callers(FilterChain found, boolean tls, Place place) {
        Any any = found.getTransportSocket().getTypedConfig();
        if (!any.is(DownstreamTlsContext.class)) {
            place.refuse(any.getTypeUrl(), "a DownstreamTlsContext");
            return List.of();
        }
        if (!tls) {
            place.refuse(any.getTypeUrl(), "absent where transport_protocol is not tls");
        }
        DownstreamTlsContext context = Values.unpack(any, DownstreamTlsContext.class, place.at("typed_config"));
        return context == null ? List.of() : DownstreamTlsReader.callers(context, place.at("typed_config"));
    }

    /** Whether it makes no difference by which of the two a request comes. */
    boolean judgesLike(InboundChainReader other) {
        return http == other.http && heads.equals(other.heads) && stages.equals(other.stages);
    }
}
