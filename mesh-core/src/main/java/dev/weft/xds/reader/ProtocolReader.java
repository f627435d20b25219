package dev.weft.xds.reader;

import com.google.protobuf.Any;
import dev.weft.config.Cluster.Protocol;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.Http2ProtocolOptions;
import dev.weft.proto.envoy.config.core.v3.UpstreamHttpProtocolOptions;
import dev.weft.proto.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is spoken to a cluster's servers, and how long its connections live.
 *
 * @param maxRequestsPerConnection 0 = unlimited
 * @param idleTimeout null = not said
 * @param autoSni the server name follows the request's authority
 */
record ProtocolReader(
        Protocol protocol,
        int maxRequestsPerConnection,
        @Nullable Duration idleTimeout,
        boolean autoSni) {
    private static final KnownFields OPTIONS = KnownFields.of(HttpProtocolOptions.getDescriptor())
            .honours(
                    "common_http_protocol_options",
                    "upstream_http_protocol_options",
                    "explicit_http_config",
                    "use_downstream_protocol_config",
                    "auto_config")
            .skips("header_validation_config");
    private static final KnownFields COMMON = KnownFields.of(
                    dev.weft.proto.envoy.config.core.v3.HttpProtocolOptions.getDescriptor())
            .honours("idle_timeout", "max_requests_per_connection")
            .skips("max_headers_count", "max_response_headers_kb", "headers_with_underscores_action")
            .warns("max_connection_duration", "max_stream_duration");
    private static final KnownFields UPSTREAM = KnownFields.of(UpstreamHttpProtocolOptions.getDescriptor())
            // The server name is checked against what was asked for in any case.
            .honours("auto_sni", "auto_san_validation");
    private static final KnownFields EXPLICIT = KnownFields.of(HttpProtocolOptions.ExplicitHttpConfig.getDescriptor())
            .honours("http_protocol_options", "http2_protocol_options");
    private static final KnownFields HTTP2 = KnownFields.of(Http2ProtocolOptions.getDescriptor())
            // Buffers and flood limits of Envoy's own codec.
            .skips(
                    "hpack_table_size",
                    "initial_stream_window_size",
                    "initial_connection_window_size",
                    "allow_connect",
                    "allow_metadata",
                    "max_outbound_frames",
                    "max_outbound_control_frames",
                    "max_consecutive_inbound_frames_with_empty_payload",
                    "max_inbound_priority_frames_per_stream",
                    "max_inbound_window_update_frames_per_data_frame_sent",
                    "stream_error_on_invalid_http_messaging",
                    "override_stream_error_on_invalid_http_message",
                    "use_oghttp2_codec",
                    "max_metadata_size")
            .warns("max_concurrent_streams", "connection_keepalive", "custom_settings_parameters");

    private static final String KEY = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    static ProtocolReader read(Cluster found, Place place) {
        ProtocolReader result = older(found, place);
        for (Map.Entry<String, Any> entry :
                found.getTypedExtensionProtocolOptionsMap().entrySet()) {
            Place at = place.at("typed_extension_protocol_options", entry.getKey());
            if (entry.getKey().equals(KEY) && entry.getValue().is(HttpProtocolOptions.class)) {
                HttpProtocolOptions options = Values.unpack(entry.getValue(), HttpProtocolOptions.class, at);
                result = options == null ? result : options(options, result.maxRequestsPerConnection, at);
            } else {
                at.refuse(entry.getValue().getTypeUrl(), KEY);
            }
        }
        return result;
    }

    /** The fields that {@code HttpProtocolOptions} replaced. */
    @SuppressWarnings("deprecation") // they still come from control planes that serve old Envoys too
    private static ProtocolReader older(Cluster found, Place place) {
        if (found.hasHttp2ProtocolOptions()) {
            HTTP2.check(found.getHttp2ProtocolOptions(), place.at("http2_protocol_options"));
        }
        COMMON.check(found.getCommonHttpProtocolOptions(), place.at("common_http_protocol_options"));
        UPSTREAM.check(found.getUpstreamHttpProtocolOptions(), place.at("upstream_http_protocol_options"));
        Protocol protocol = found.getProtocolSelection() == Cluster.ClusterProtocolSelection.USE_DOWNSTREAM_PROTOCOL
                ? Protocol.DOWNSTREAM
                : found.hasHttp2ProtocolOptions() ? Protocol.HTTP2 : Protocol.HTTP1;
        var common = found.getCommonHttpProtocolOptions();
        int requests = found.hasMaxRequestsPerConnection()
                ? found.getMaxRequestsPerConnection().getValue()
                : common.getMaxRequestsPerConnection().getValue();
        return new ProtocolReader(
                protocol,
                Math.max(0, requests),
                common.hasIdleTimeout()
                        ? idle(common.getIdleTimeout(), place.at("common_http_protocol_options.idle_timeout"))
                        : null,
                found.getUpstreamHttpProtocolOptions().getAutoSni());
    }

    private static ProtocolReader options(HttpProtocolOptions found, int olderRequests, Place place) {
        OPTIONS.check(found, place);
        var common = found.getCommonHttpProtocolOptions();
        COMMON.check(common, place.at("common_http_protocol_options"));
        UPSTREAM.check(found.getUpstreamHttpProtocolOptions(), place.at("upstream_http_protocol_options"));
        int requests = common.hasMaxRequestsPerConnection()
                ? common.getMaxRequestsPerConnection().getValue()
                : olderRequests;
        return new ProtocolReader(
                protocol(found, place),
                Math.max(0, requests),
                common.hasIdleTimeout()
                        ? idle(common.getIdleTimeout(), place.at("common_http_protocol_options.idle_timeout"))
                        : null,
                found.getUpstreamHttpProtocolOptions().getAutoSni());
    }

    private static Protocol protocol(HttpProtocolOptions found, Place place) {
        switch (found.getUpstreamProtocolOptionsCase()) {
            case EXPLICIT_HTTP_CONFIG:
                Place at = place.at("explicit_http_config");
                EXPLICIT.check(found.getExplicitHttpConfig(), at);
                HTTP2.check(found.getExplicitHttpConfig().getHttp2ProtocolOptions(), at.at("http2_protocol_options"));
                return found.getExplicitHttpConfig().hasHttp2ProtocolOptions() ? Protocol.HTTP2 : Protocol.HTTP1;
            case USE_DOWNSTREAM_PROTOCOL_CONFIG:
                HTTP2.check(
                        found.getUseDownstreamProtocolConfig().getHttp2ProtocolOptions(),
                        place.at("use_downstream_protocol_config.http2_protocol_options"));
                return Protocol.DOWNSTREAM;
            case AUTO_CONFIG:
                HTTP2.check(
                        found.getAutoConfig().getHttp2ProtocolOptions(),
                        place.at("auto_config.http2_protocol_options"));
                return Protocol.AUTO;
            default:
                place.refuse(null, "one of explicit_http_config, use_downstream_protocol_config, auto_config");
                return Protocol.HTTP1;
        }
    }

    /** Zero switches the timeout off; the pool then keeps idle connections as long as a duration can say. */
    private static @Nullable Duration idle(com.google.protobuf.Duration found, Place place) {
        Duration idle = Values.duration(found, place);
        return idle != null && idle.isZero() ? Duration.ofNanos(Long.MAX_VALUE) : idle;
    }
}
