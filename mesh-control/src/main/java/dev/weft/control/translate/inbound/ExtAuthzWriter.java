package dev.weft.control.translate.inbound;

import com.google.protobuf.Duration;
import dev.weft.control.istio.ExtAuthzProvider;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.core.v3.ApiVersion;
import dev.weft.proto.envoy.config.core.v3.GrpcService;
import dev.weft.proto.envoy.config.core.v3.HeaderValue;
import dev.weft.proto.envoy.config.core.v3.HttpUri;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.AuthorizationRequest;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.AuthorizationResponse;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.HttpService;
import dev.weft.proto.envoy.type.matcher.v3.ListStringMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import dev.weft.proto.envoy.type.v3.HttpStatus;
import java.util.List;
import java.util.TreeMap;

/** Writes the question to an authorization service. */
final class ExtAuthzWriter {
    /** Istio's, where none is written. */
    private static final Duration TIMEOUT =
            Duration.newBuilder().setSeconds(600).build();

    private ExtAuthzWriter() {}

    /**
     * The filter; it asks about requests that the rules before it picked out.
     *
     * @param host of the service, as it is addressed
     * @param cluster that leads to it
     */
    static ExtAuthz write(ExtAuthzProvider provider, String host, String cluster) {
        ExtAuthz.Builder out = ExtAuthz.newBuilder()
                .setFailureModeAllow(provider.failOpen())
                .setTransportApiVersion(ApiVersion.V3)
                .setFilterEnabledMetadata(CustomFilters.picked(provider.name()));
        if (!provider.statusOnError().isEmpty()) {
            out.setStatusOnError(HttpStatus.newBuilder().setCodeValue(Integer.parseInt(provider.statusOnError())));
        }
        Duration timeout = provider.timeout() == null ? TIMEOUT : Words.duration(provider.timeout());
        ExtAuthzProvider.Http http = provider.http();
        if (http == null) {
            return out.setGrpcService(GrpcService.newBuilder()
                            .setTimeout(timeout)
                            .setEnvoyGrpc(GrpcService.EnvoyGrpc.newBuilder()
                                    .setClusterName(cluster)
                                    .setAuthority(host)))
                    .build();
        }
        if (!http.includeHeaders().isEmpty()) {
            out.setAllowedHeaders(names(http.includeHeaders()));
        }
        return out.setHttpService(service(http, host, cluster, timeout)).build();
    }

    private static HttpService service(ExtAuthzProvider.Http http, String host, String cluster, Duration timeout) {
        HttpService.Builder out = HttpService.newBuilder()
                .setPathPrefix(http.pathPrefix())
                .setServerUri(HttpUri.newBuilder()
                        .setUri("http://" + host)
                        .setCluster(cluster)
                        .setTimeout(timeout));
        if (!http.additionalHeaders().isEmpty()) {
            AuthorizationRequest.Builder request = AuthorizationRequest.newBuilder();
            new TreeMap<>(http.additionalHeaders())
                    .forEach((name, value) -> request.addHeadersToAdd(
                            HeaderValue.newBuilder().setKey(name).setValue(value)));
            out.setAuthorizationRequest(request);
        }
        AuthorizationResponse.Builder response = AuthorizationResponse.newBuilder();
        if (!http.upstreamOnAllow().isEmpty()) {
            response.setAllowedUpstreamHeaders(names(http.upstreamOnAllow()));
        }
        if (!http.downstreamOnDeny().isEmpty()) {
            response.setAllowedClientHeaders(names(http.downstreamOnDeny()));
        }
        if (!http.downstreamOnAllow().isEmpty()) {
            response.setAllowedClientHeadersOnSuccess(names(http.downstreamOnAllow()));
        }
        AuthorizationResponse answer = response.build();
        return answer.equals(AuthorizationResponse.getDefaultInstance())
                ? out.build()
                : out.setAuthorizationResponse(answer).build();
    }

    private static ListStringMatcher names(List<String> patterns) {
        ListStringMatcher.Builder out = ListStringMatcher.newBuilder();
        for (String pattern : patterns) {
            StringMatcher matcher = Texts.pattern(pattern);
            out.addPatterns(matcher.toBuilder().setIgnoreCase(true));
        }
        return out.build();
    }
}
