package dev.weft.xds.reader;

import dev.weft.config.ExternalAuthorizationStage.Service;
import dev.weft.config.StringMatch;
import dev.weft.proto.envoy.config.core.v3.GrpcService;
import dev.weft.proto.envoy.config.core.v3.HeaderValue;
import dev.weft.proto.envoy.config.core.v3.HttpUri;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.AuthorizationRequest;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.AuthorizationResponse;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.HttpService;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom {@code ext_authz} asks.
 *
 * @param olderAllowedHeaders what the filter itself says since, or null where neither says anything
 */
record AuthorizerReader(
        Service service,
        String cluster,
        Duration timeout,
        @Nullable List<StringMatch> olderAllowedHeaders) {
    private static final KnownFields HTTP = KnownFields.of(HttpService.getDescriptor())
            .honours("server_uri", "path_prefix", "authorization_request", "authorization_response");
    private static final KnownFields URI = KnownFields.of(HttpUri.getDescriptor())
            .honours("cluster", "timeout")
            // Envoy does not look at it either: the cluster says where, the request says which path.
            .skips("uri");
    private static final KnownFields REQUEST =
            KnownFields.of(AuthorizationRequest.getDescriptor()).honours("allowed_headers", "headers_to_add");
    private static final KnownFields RESPONSE = KnownFields.of(AuthorizationResponse.getDescriptor())
            .honours(
                    "allowed_upstream_headers",
                    "allowed_upstream_headers_to_append",
                    "allowed_client_headers",
                    "allowed_client_headers_on_success",
                    "dynamic_metadata_from_headers");
    private static final KnownFields GRPC =
            KnownFields.of(GrpcService.getDescriptor()).honours("envoy_grpc", "timeout", "initial_metadata");
    private static final KnownFields ENVOY_GRPC = KnownFields.of(GrpcService.EnvoyGrpc.getDescriptor())
            .honours("cluster_name", "authority")
            // The routes to the authorizer say what is retried; answers are bounded in any case.
            .skips("retry_policy", "max_receive_message_length", "skip_envoy_headers");
    private static final KnownFields VALUE =
            KnownFields.of(HeaderValue.getDescriptor()).honours("key", "value", "raw_value");

    private static final Duration TIMEOUT = Duration.ofMillis(200);

    static AuthorizerReader read(ExtAuthz found, Place place) {
        switch (found.getServicesCase()) {
            case HTTP_SERVICE:
                return http(found.getHttpService(), place.at("http_service"));
            case GRPC_SERVICE:
                return grpc(found.getGrpcService(), place.at("grpc_service"));
            default:
                place.refuse(null, "one of http_service, grpc_service");
                return new AuthorizerReader(new Service.Grpc("", Map.of()), "", TIMEOUT, null);
        }
    }

    @SuppressWarnings("deprecation") // allowed_headers has moved, and is still understood where it was
    private static AuthorizerReader http(HttpService found, Place place) {
        HTTP.check(found, place);
        HttpUri where = found.getServerUri();
        Place at = place.at("server_uri");
        URI.check(where, at);
        AuthorizationRequest request = found.getAuthorizationRequest();
        Place asked = place.at("authorization_request");
        REQUEST.check(request, asked);
        AuthorizationResponse response = found.getAuthorizationResponse();
        Place answered = place.at("authorization_response");
        RESPONSE.check(response, answered);
        String prefix = found.getPathPrefix();
        if (!prefix.isEmpty() && !prefix.startsWith("/")) {
            place.refuse("path_prefix", prefix, "a path that begins with /");
        }
        Service.Http service = new Service.Http(
                prefix,
                headers(request.getHeadersToAddList(), "headers_to_add", asked),
                ExternalAuthorizationReader.matches(
                        response.getAllowedUpstreamHeaders(), answered.at("allowed_upstream_headers")),
                ExternalAuthorizationReader.matches(
                        response.getAllowedUpstreamHeadersToAppend(),
                        answered.at("allowed_upstream_headers_to_append")),
                ExternalAuthorizationReader.matches(
                        response.getAllowedClientHeaders(), answered.at("allowed_client_headers")),
                ExternalAuthorizationReader.matches(
                        response.getAllowedClientHeadersOnSuccess(), answered.at("allowed_client_headers_on_success")),
                ExternalAuthorizationReader.matches(
                        response.getDynamicMetadataFromHeaders(), answered.at("dynamic_metadata_from_headers")));
        return new AuthorizerReader(
                service,
                cluster(where.getCluster(), at.at("cluster")),
                timeout(where.hasTimeout(), where.getTimeout(), at.at("timeout")),
                request.hasAllowedHeaders()
                        ? ExternalAuthorizationReader.matches(request.getAllowedHeaders(), asked.at("allowed_headers"))
                        : null);
    }

    private static AuthorizerReader grpc(GrpcService found, Place place) {
        GRPC.check(found, place);
        GrpcService.EnvoyGrpc envoy = found.getEnvoyGrpc();
        Place at = place.at("envoy_grpc");
        ENVOY_GRPC.check(envoy, at);
        return new AuthorizerReader(
                new Service.Grpc(
                        envoy.getAuthority(), headers(found.getInitialMetadataList(), "initial_metadata", place)),
                cluster(envoy.getClusterName(), at.at("cluster_name")),
                timeout(found.hasTimeout(), found.getTimeout(), place.at("timeout")),
                null);
    }

    /** The name is what a call is led by: {@code outbound|9000||authz.foo.svc.cluster.local}. */
    private static String cluster(String found, Place place) {
        String[] parts = found.split("\\|", -1);
        if (parts.length != 4
                || !parts[0].equals("outbound")
                || !parts[1].matches("[0-9]{1,5}")
                || parts[3].isEmpty()) {
            place.refuse(found, "outbound|PORT||HOST");
        }
        return found;
    }

    private static Duration timeout(boolean said, com.google.protobuf.Duration found, Place place) {
        Duration timeout = said ? Values.positive(found, place) : null;
        return timeout == null ? TIMEOUT : timeout;
    }

    private static Map<String, String> headers(List<HeaderValue> found, String field, Place place) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < found.size(); i++) {
            HeaderValue header = found.get(i);
            Place at = place.at(field, i);
            VALUE.check(header, at);
            String value = header.getValue().isEmpty() ? header.getRawValue().toStringUtf8() : header.getValue();
            if (header.getKey().isEmpty() || header.getKey().startsWith(":")) {
                at.refuse("key", header.getKey(), "the name of a header field");
            }
            if (value.indexOf('%') >= 0) {
                at.refuse("value", value, "a text without %; formatters are not supported here");
            }
            headers.put(header.getKey().toLowerCase(Locale.ROOT), value);
        }
        return headers;
    }
}
