package dev.weft.xds.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.ExternalAuthorizationStage.Service;
import dev.weft.config.MetadataMatch;
import dev.weft.config.StringMatch;
import dev.weft.config.ValueMatch;
import dev.weft.proto.envoy.config.core.v3.ApiVersion;
import dev.weft.proto.envoy.config.core.v3.GrpcService;
import dev.weft.proto.envoy.config.core.v3.HeaderValue;
import dev.weft.proto.envoy.config.core.v3.HttpUri;
import dev.weft.proto.envoy.config.core.v3.RuntimeFractionalPercent;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.AuthorizationRequest;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.AuthorizationResponse;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.BufferSettings;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.HttpService;
import dev.weft.proto.envoy.type.matcher.v3.ListStringMatcher;
import dev.weft.proto.envoy.type.matcher.v3.MetadataMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import dev.weft.proto.envoy.type.matcher.v3.ValueMatcher;
import dev.weft.proto.envoy.type.v3.HttpStatus;
import dev.weft.proto.envoy.type.v3.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What istiod writes for its extension providers, and what nobody should write. */
final class ExternalAuthorizationReaderTest {
    private static final String CLUSTER = "outbound|9000||authz.foo.svc.cluster.local";

    private static ListStringMatcher named(String name) {
        return ListStringMatcher.newBuilder()
                .addPatterns(StringMatcher.newBuilder().setExact(name).setIgnoreCase(true))
                .build();
    }

    private static ExtAuthz.Builder http() {
        return ExtAuthz.newBuilder()
                .setTransportApiVersion(ApiVersion.V3)
                .setStatusOnError(HttpStatus.newBuilder().setCode(StatusCode.ServiceUnavailable))
                .setFailureModeAllow(true)
                .setAllowedHeaders(named("x-id"))
                .setFilterEnabledMetadata(MetadataMatcher.newBuilder()
                        .setFilter("envoy.filters.http.rbac")
                        .addPath(MetadataMatcher.PathSegment.newBuilder()
                                .setKey("istio_ext_authz_shadow_effective_policy_id"))
                        .setValue(ValueMatcher.newBuilder()
                                .setStringMatch(StringMatcher.newBuilder().setPrefix("istio-ext-authz"))))
                .setHttpService(HttpService.newBuilder()
                        .setPathPrefix("/check")
                        .setServerUri(HttpUri.newBuilder()
                                .setUri("http://authz.foo.svc.cluster.local")
                                .setCluster(CLUSTER)
                                .setTimeout(Duration.newBuilder().setSeconds(600)))
                        .setAuthorizationRequest(AuthorizationRequest.newBuilder()
                                .addHeadersToAdd(
                                        HeaderValue.newBuilder().setKey("X-By").setValue("me")))
                        .setAuthorizationResponse(AuthorizationResponse.newBuilder()
                                .setAllowedUpstreamHeaders(named("x-user"))
                                .setAllowedClientHeaders(named("x-why"))
                                .setAllowedClientHeadersOnSuccess(named("set-cookie"))));
    }

    private static ExternalAuthorizationStage read(ExtAuthz.Builder message) {
        Problems problems = new Problems("Listener inbound");
        ExternalAuthorizationStage stage = ExternalAuthorizationReader.read(message.build(), problems.root());
        assertThat(problems.list()).isEmpty();
        return stage;
    }

    private static List<StringMatch> name(String name) {
        return List.of(new StringMatch.Exact(name, true));
    }

    @Test
    void anHttpProviderIsReadWhole() {
        assertThat(read(http()))
                .isEqualTo(new ExternalAuthorizationStage(
                        new Service.Http(
                                "/check",
                                Map.of("x-by", "me"),
                                name("x-user"),
                                List.of(),
                                name("x-why"),
                                name("set-cookie"),
                                List.of()),
                        CLUSTER,
                        java.time.Duration.ofSeconds(600),
                        true,
                        false,
                        503,
                        new MetadataMatch(
                                "envoy.filters.http.rbac",
                                List.of("istio_ext_authz_shadow_effective_policy_id"),
                                new ValueMatch.Text(new StringMatch.Prefix("istio-ext-authz", false)),
                                false),
                        false,
                        name("x-id"),
                        List.of(),
                        List.of(),
                        false));
    }

    @Test
    void aGrpcProviderIsReadWholeAndDeniesWith403WhereNothingIsSaid() {
        ExternalAuthorizationStage stage = read(ExtAuthz.newBuilder()
                .setTransportApiVersion(ApiVersion.V3)
                .setGrpcService(GrpcService.newBuilder()
                        .setEnvoyGrpc(GrpcService.EnvoyGrpc.newBuilder()
                                .setClusterName(CLUSTER)
                                .setAuthority("authz.foo.svc.cluster.local"))
                        .setTimeout(Duration.newBuilder().setNanos(2_000_000))));
        assertThat(stage.service()).isEqualTo(new Service.Grpc("authz.foo.svc.cluster.local", Map.of()));
        assertThat(stage.timeout()).hasMillis(2);
        assertThat(stage.statusOnError()).isEqualTo(403);
        assertThat(stage.failureModeAllow()).isFalse();
        assertThat(stage.requestHeaders()).isNull();
        assertThat(stage.when()).isNull();
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotUnderstoodIsRefusedByName() {
        Map<String, UnaryOperator<ExtAuthz.Builder>> spoiled = Map.of(
                "with_request_body",
                one -> one.setWithRequestBody(BufferSettings.newBuilder().setMaxRequestBytes(4096)),
                "transport_api_version",
                one -> one.setTransportApiVersion(ApiVersion.V2),
                "filter_enabled",
                one -> one.setFilterEnabled(RuntimeFractionalPercent.getDefaultInstance()),
                "include_peer_certificate",
                one -> one.setIncludePeerCertificate(true),
                "encode_raw_headers",
                one -> one.setEncodeRawHeaders(true),
                "http_service.server_uri.cluster",
                one -> one.setHttpService(one.getHttpService().toBuilder()
                        .setServerUri(HttpUri.newBuilder().setCluster("authz"))),
                "http_service.path_prefix",
                one -> one.setHttpService(one.getHttpService().toBuilder().setPathPrefix("check")),
                "http_service.authorization_request.headers_to_add[0].value",
                one -> one.setHttpService(one.getHttpService().toBuilder()
                        .setAuthorizationRequest(AuthorizationRequest.newBuilder()
                                .addHeadersToAdd(
                                        HeaderValue.newBuilder().setKey("a").setValue("%REQ(b)%")))),
                "",
                ExtAuthz.Builder::clearHttpService,
                "grpc_service.google_grpc",
                one -> one.setGrpcService(GrpcService.newBuilder()
                        .setGoogleGrpc(GrpcService.GoogleGrpc.newBuilder().setTargetUri("x"))));
        return spoiled.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest("field " + entry.getKey(), () -> {
                    Problems problems = new Problems("Listener inbound");
                    ExternalAuthorizationReader.read(
                            entry.getValue().apply(http()).build(), problems.root());
                    assertThat(problems.refused()).isTrue();
                    assertThat(problems.list())
                            .anyMatch(problem -> problem.field().equals(entry.getKey()));
                }));
    }
}
