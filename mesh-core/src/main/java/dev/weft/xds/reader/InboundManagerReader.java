package dev.weft.xds.reader;

import com.google.protobuf.Any;
import dev.weft.config.InboundPolicy.ClientCert;
import dev.weft.config.InboundPolicy.HeadRules;
import dev.weft.config.InboundStage;
import dev.weft.config.PathNormalization;
import dev.weft.config.PathNormalization.EscapedSlashes;
import dev.weft.proto.envoy.config.core.v3.HttpProtocolOptions;
import dev.weft.proto.envoy.config.core.v3.HttpProtocolOptions.HeadersWithUnderscoresAction;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.List;
import java.util.Map;

/** {@code HttpConnectionManager} of a listener for requests that come in: what becomes of heads, and who judges. */
final class InboundManagerReader {
    private static final KnownFields MANAGER = KnownFields.of(HttpConnectionManager.getDescriptor())
            .honours(
                    "route_config",
                    "http_filters",
                    "normalize_path",
                    "merge_slashes",
                    "path_with_escaped_slashes_action",
                    "forward_client_cert_details",
                    "use_remote_address",
                    "xff_num_trusted_hops",
                    "common_http_protocol_options")
            // The application's server speaks to its clients by itself: protocols, limits of its own, names in its
            // answers. Spans,
            // logs and request ids are the telemetry's, and a caller's identity is written as a URI, which is all that
            // is proved.
            .skips(
                    "codec_type",
                    "stat_prefix",
                    "add_user_agent",
                    "tracing",
                    "http1_safe_max_connection_duration",
                    "http_protocol_options",
                    "http2_protocol_options",
                    "http3_protocol_options",
                    "server_name",
                    "server_header_transformation",
                    "scheme_header_transformation",
                    "max_request_headers_kb",
                    "stream_idle_timeout",
                    "request_timeout",
                    "request_headers_timeout",
                    "drain_timeout",
                    "delayed_close_timeout",
                    "access_log",
                    "access_log_flush_interval",
                    "flush_access_log_on_new_request",
                    "access_log_options",
                    "internal_address_config",
                    "skip_xff_append",
                    "via",
                    "generate_request_id",
                    "preserve_external_request_id",
                    "always_set_request_id_in_response",
                    "set_current_client_cert_details",
                    "proxy_100_continue",
                    "represent_ipv4_remote_address_as_ipv4_mapped_ipv6",
                    "upgrade_configs",
                    "request_id_extension",
                    "stream_error_on_invalid_http_message",
                    "proxy_status_config",
                    "append_x_forwarded_port",
                    "append_local_overload",
                    "add_proxy_protocol_connection_state");
    private static final KnownFields COMMON = KnownFields.of(HttpProtocolOptions.getDescriptor())
            .honours("headers_with_underscores_action")
            .skips(
                    "idle_timeout",
                    "max_connection_duration",
                    "max_headers_count",
                    "max_response_headers_kb",
                    "max_stream_duration",
                    "max_requests_per_connection");

    private InboundManagerReader() {}

    static HeadRules heads(HttpConnectionManager found, Place place) {
        MANAGER.check(found, place);
        HttpProtocolOptions common = found.getCommonHttpProtocolOptions();
        COMMON.check(common, place.at("common_http_protocol_options"));
        if (common.getHeadersWithUnderscoresAction() != HeadersWithUnderscoresAction.ALLOW) {
            place.refuse(
                    "common_http_protocol_options.headers_with_underscores_action",
                    common.getHeadersWithUnderscoresAction(),
                    "ALLOW; headers with underscores are not told apart");
        }
        PathNormalization paths = new PathNormalization(
                found.getNormalizePath().getValue(), found.getMergeSlashes(), escapedSlashes(found, place));
        int hops = found.getUseRemoteAddress().getValue() ? -1 : found.getXffNumTrustedHops();
        if (hops < -1) {
            place.refuse("xff_num_trusted_hops", Integer.toUnsignedString(hops), "at most 2147483647");
            hops = -1;
        }
        return new HeadRules(paths, clientCert(found, place), hops);
    }

    static List<InboundStage> stages(HttpConnectionManager found, Place place) {
        if (found.getRouteSpecifierCase() == HttpConnectionManager.RouteSpecifierCase.ROUTE_CONFIG) {
            routes(found.getRouteConfig(), place.at("route_config"));
        } else {
            place.refuse(
                    found.getRouteSpecifierCase(),
                    "route_config; a table that comes by itself could switch off filters");
        }
        return InboundFilterReader.read(found.getHttpFiltersList(), place);
    }

    private static EscapedSlashes escapedSlashes(HttpConnectionManager found, Place place) {
        switch (found.getPathWithEscapedSlashesAction()) {
            case IMPLEMENTATION_SPECIFIC_DEFAULT, KEEP_UNCHANGED:
                return EscapedSlashes.KEEP;
            case REJECT_REQUEST:
                return EscapedSlashes.REJECT;
            case UNESCAPE_AND_REDIRECT:
                return EscapedSlashes.REDIRECT;
            case UNESCAPE_AND_FORWARD:
                return EscapedSlashes.UNESCAPE;
            default:
                place.refuse(
                        "path_with_escaped_slashes_action",
                        found.getPathWithEscapedSlashesActionValue(),
                        "KEEP_UNCHANGED, REJECT_REQUEST, UNESCAPE_AND_REDIRECT or UNESCAPE_AND_FORWARD");
                return EscapedSlashes.REJECT;
        }
    }

    private static ClientCert clientCert(HttpConnectionManager found, Place place) {
        switch (found.getForwardClientCertDetails()) {
            case SANITIZE:
                return ClientCert.SANITIZE;
            case FORWARD_ONLY:
                return ClientCert.FORWARD_ONLY;
            case APPEND_FORWARD:
                return ClientCert.APPEND_FORWARD;
            case SANITIZE_SET:
                return ClientCert.SANITIZE_SET;
            case ALWAYS_FORWARD_ONLY:
                return ClientCert.ALWAYS_FORWARD_ONLY;
            default:
                place.refuse(
                        "forward_client_cert_details",
                        found.getForwardClientCertDetailsValue(),
                        "SANITIZE, FORWARD_ONLY, APPEND_FORWARD, SANITIZE_SET or ALWAYS_FORWARD_ONLY");
                return ClientCert.SANITIZE;
        }
    }

    /** Where requests go is the application's affair; but a route may tell filters to judge otherwise. */
    private static void routes(RouteConfiguration found, Place place) {
        overrides(found.getTypedPerFilterConfigMap(), place);
        for (int i = 0; i < found.getVirtualHostsCount(); i++) {
            VirtualHost host = found.getVirtualHosts(i);
            Place at = place.at("virtual_hosts", i);
            overrides(host.getTypedPerFilterConfigMap(), at);
            if (host.getRequireTls() != VirtualHost.TlsRequirementType.NONE) {
                at.refuse("require_tls", host.getRequireTls(), "NONE; what a port takes is said by its filter chains");
            }
            for (int j = 0; j < host.getRoutesCount(); j++) {
                Route route = host.getRoutes(j);
                route(route, at.at("routes", j));
            }
        }
    }

    private static void route(Route found, Place place) {
        overrides(found.getTypedPerFilterConfigMap(), place);
        // The second is how gRPC servers are told that they are meant themselves.
        if (!found.hasRoute() && !found.hasNonForwardingAction()) {
            // It would answer in place of the application, perhaps to keep somebody out.
            place.refuse(
                    "action",
                    found.getActionCase(),
                    "route or non_forwarding_action, which let the application answer");
        }
        var weighted = found.getRoute().getWeightedClusters();
        for (int i = 0; i < weighted.getClustersCount(); i++) {
            overrides(
                    weighted.getClusters(i).getTypedPerFilterConfigMap(),
                    place.at("route.weighted_clusters.clusters", i));
        }
    }

    private static void overrides(Map<String, Any> found, Place place) {
        found.forEach((filter, config) -> {
            if (!FilterOverrides.SKIPPED.contains(filter)) {
                place.at("typed_per_filter_config", filter)
                        .refuse(config.getTypeUrl(), "absent; a policy holds for all paths of a port");
            }
        });
    }
}
