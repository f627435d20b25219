package dev.weft.xds.reader;

import dev.weft.config.RouteConfiguration;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import org.jspecify.annotations.Nullable;

/**
 * {@code HttpConnectionManager} of a listener that calls go out by.
 *
 * @param routeName resource to ask RDS for, or null
 * @param inline the table itself, or null
 */
record ConnectionManagerReader(
        @Nullable String routeName, @Nullable RouteConfiguration inline) {
    private static final KnownFields MANAGER = KnownFields.of(HttpConnectionManager.getDescriptor())
            .honours(
                    "rds",
                    "route_config",
                    "http_filters",
                    "normalize_path",
                    "merge_slashes",
                    "path_with_escaped_slashes_action",
                    "stream_idle_timeout",
                    // Names are looked up without port and final dot in any case.
                    "strip_matching_host_port",
                    "strip_any_host_port",
                    "strip_trailing_host_dot")
            // The connection from the application to its sidecar, which does not exist here; spans, logs and request
            // ids, of
            // which Weft has its own.
            .skips(
                    "codec_type",
                    "stat_prefix",
                    "add_user_agent",
                    "tracing",
                    "common_http_protocol_options",
                    "http1_safe_max_connection_duration",
                    "http_protocol_options",
                    "http2_protocol_options",
                    "http3_protocol_options",
                    "server_name",
                    "server_header_transformation",
                    "scheme_header_transformation",
                    "max_request_headers_kb",
                    "request_timeout",
                    "request_headers_timeout",
                    "drain_timeout",
                    "delayed_close_timeout",
                    "access_log",
                    "access_log_flush_interval",
                    "flush_access_log_on_new_request",
                    "access_log_options",
                    "use_remote_address",
                    "xff_num_trusted_hops",
                    "original_ip_detection_extensions",
                    "internal_address_config",
                    "skip_xff_append",
                    "via",
                    "generate_request_id",
                    "preserve_external_request_id",
                    "always_set_request_id_in_response",
                    "forward_client_cert_details",
                    "set_current_client_cert_details",
                    "proxy_100_continue",
                    "represent_ipv4_remote_address_as_ipv4_mapped_ipv6",
                    "upgrade_configs",
                    "request_id_extension",
                    "stream_error_on_invalid_http_message",
                    "proxy_status_config",
                    "typed_header_validation_config",
                    "append_x_forwarded_port",
                    "append_local_overload",
                    "add_proxy_protocol_connection_state");

    static ConnectionManagerReader read(HttpConnectionManager found, Place place) {
        MANAGER.check(found, place);
        paths(found, place);
        if (found.hasStreamIdleTimeout()
                && (found.getStreamIdleTimeout().getSeconds() != 0
                        || found.getStreamIdleTimeout().getNanos() != 0)) {
            place.warn(
                    "stream_idle_timeout", found.getStreamIdleTimeout().getSeconds() + "s", "0s; there is none here");
        }
        HttpFilterReader.check(found.getHttpFiltersList(), place);
        switch (found.getRouteSpecifierCase()) {
            case RDS:
                String name = found.getRds().getRouteConfigName();
                if (name.isEmpty()) {
                    place.refuse("rds.route_config_name", "", "the name of a route configuration");
                }
                return new ConnectionManagerReader(name, null);
            case ROUTE_CONFIG:
                return new ConnectionManagerReader(
                        null, RouteReader.configuration(found.getRouteConfig(), place.at("route_config")));
            case ROUTESPECIFIER_NOT_SET:
                place.refuse(null, "rds or route_config");
                return new ConnectionManagerReader(null, null);
            default:
                return new ConnectionManagerReader(null, null);
        }
    }

    /** Weft has one way to normalise, Istio's default; a mesh that wants another is told. */
    private static void paths(HttpConnectionManager found, Place place) {
        if (found.hasNormalizePath() && !found.getNormalizePath().getValue()) {
            place.warn("normalize_path", false, "true; paths are always normalised here");
        }
        if (found.getMergeSlashes()) {
            place.warn("merge_slashes", true, "false; slashes are kept here");
        }
        PathWithEscapedSlashesAction action = found.getPathWithEscapedSlashesAction();
        if (action != PathWithEscapedSlashesAction.IMPLEMENTATION_SPECIFIC_DEFAULT
                && action != PathWithEscapedSlashesAction.KEEP_UNCHANGED) {
            place.warn("path_with_escaped_slashes_action", action, "KEEP_UNCHANGED, which is what is done here");
        }
    }
}
