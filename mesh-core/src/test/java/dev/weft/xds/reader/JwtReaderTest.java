package dev.weft.xds.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Empty;
import dev.weft.config.JwtProvider.ClaimHeader;
import dev.weft.config.JwtProvider.Keys;
import dev.weft.config.JwtProvider.Location;
import dev.weft.config.JwtRequirement;
import dev.weft.config.JwtStage;
import dev.weft.config.PathMatch;
import dev.weft.proto.envoy.config.core.v3.DataSource;
import dev.weft.proto.envoy.config.core.v3.HttpUri;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.FilterStateRule;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementAndList;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementOrList;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.RemoteJwks;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.RequirementRule;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What istiod writes for a RequestAuthentication, and what nobody should write. */
final class JwtReaderTest {
    private static final dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement MISSING =
            dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement.newBuilder()
                    .setAllowMissing(Empty.getDefaultInstance())
                    .build();

    private static dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement provider(String name) {
        return dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement.newBuilder()
                .setProviderName(name)
                .build();
    }

    private static dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement any(
            dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement... of) {
        return dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement.newBuilder()
                .setRequiresAny(JwtRequirementOrList.newBuilder().addAllRequirements(List.of(of)))
                .build();
    }

    private static JwtProvider.Builder inline() {
        return JwtProvider.newBuilder()
                .setIssuer("i")
                .setPayloadInMetadata("payload")
                .setLocalJwks(DataSource.newBuilder().setInlineString("{}"));
    }

    private static JwtAuthentication.Builder one(JwtProvider.Builder provider) {
        return JwtAuthentication.newBuilder()
                .putProviders("origins-0", provider.build())
                .addRules(rule(any(provider("origins-0"), MISSING)))
                .setBypassCorsPreflight(true);
    }

    private static RequirementRule.Builder rule(
            dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement requirement) {
        return RequirementRule.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                .setRequires(requirement);
    }

    private static JwtStage read(JwtAuthentication.Builder message) {
        Problems problems = new Problems("Listener inbound");
        JwtStage stage = JwtReader.read(message.build(), problems.root());
        assertThat(problems.list()).isEmpty();
        return stage;
    }

    @Test
    void oneRuleOfIstiodIsReadWhole() {
        JwtStage stage = read(one(inline().addAudiences("a")
                .setForward(true)
                .setForwardPayloadHeader("X-Payload")
                .addClaimToHeaders(
                        JwtClaimToHeader.newBuilder().setHeaderName("X-Sub").setClaimName("sub"))
                .setNormalizePayloadInMetadata(
                        JwtProvider.NormalizePayload.newBuilder().addSpaceDelimitedClaims("scope"))
                .setClearRouteCache(true)));
        var provider = stage.providers().get("origins-0");
        assertThat(provider.issuer()).isEqualTo("i");
        assertThat(provider.audiences()).containsExactly("a");
        assertThat(provider.forward()).isTrue();
        assertThat(provider.payloadHeader()).isEqualTo("x-payload");
        assertThat(provider.claimHeaders()).containsExactly(new ClaimHeader("x-sub", "sub"));
        assertThat(provider.spaceDelimited()).containsExactly("scope");
        assertThat(provider.keys()).isEqualTo(new Keys.Inline("{}"));
        assertThat(provider.clockSkew()).hasSeconds(60);
        assertThat(provider.lifetime()).isNull();
        assertThat(provider.locations())
                .containsExactly(
                        new Location.Header("authorization", "Bearer "), new Location.Parameter("access_token"));
        assertThat(stage.bypassCorsPreflight()).isTrue();
        assertThat(stage.rules())
                .containsExactly(new JwtStage.Rule(
                        new PathMatch.Prefix("/", true),
                        new JwtRequirement.Any(List.of(
                                new JwtRequirement.Provider("origins-0", List.of()),
                                new JwtRequirement.AllowMissing()))));
    }

    @Test
    void severalRulesAreAlternativesOrAllOptional() {
        var all = dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement.newBuilder()
                .setRequiresAll(JwtRequirementAndList.newBuilder()
                        .addRequirements(any(provider("origins-0"), MISSING))
                        .addRequirements(any(provider("origins-1"), MISSING)))
                .build();
        JwtStage stage = read(JwtAuthentication.newBuilder()
                .putProviders("origins-0", inline().build())
                .putProviders("origins-1", inline().setIssuer("j").build())
                .addRules(rule(any(provider("origins-0"), provider("origins-1"), all))));
        assertThat(stage.rules().get(0).requires()).isInstanceOfSatisfying(JwtRequirement.Any.class, any -> {
            assertThat(any.of()).hasSize(3);
            assertThat(any.of().get(2)).isInstanceOf(JwtRequirement.All.class);
        });
    }

    @Test
    void locationsThatAreWrittenReplaceTheUsualOnes() {
        JwtStage stage = read(one(
                inline().addFromHeaders(JwtHeader.newBuilder().setName("X-Jwt").setValuePrefix("tok "))
                        .addFromParams("p")
                        .addFromCookies("c")));
        assertThat(stage.providers().get("origins-0").locations())
                .containsExactly(
                        new Location.Header("x-jwt", "tok "), new Location.Parameter("p"), new Location.Cookie("c"));
    }

    @Test
    void keysMayLieBehindAUrl() {
        JwtStage stage = read(one(inline().setRemoteJwks(RemoteJwks.newBuilder()
                .setHttpUri(HttpUri.newBuilder()
                        .setUri("https://issuer/keys")
                        .setCluster("outbound|443||issuer")
                        .setTimeout(Duration.newBuilder().setSeconds(3)))
                .setCacheDuration(Duration.newBuilder().setSeconds(300)))));
        assertThat(stage.providers().get("origins-0").keys())
                .isEqualTo(new Keys.Remote(
                        URI.create("https://issuer/keys"),
                        "outbound|443||issuer",
                        java.time.Duration.ofSeconds(3),
                        java.time.Duration.ofMinutes(5),
                        java.time.Duration.ofSeconds(10)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotUnderstoodIsRefusedByName() {
        Map<String, UnaryOperator<JwtAuthentication.Builder>> spoiled = Map.ofEntries(
                Map.entry(
                        "filter_state_rules",
                        one -> one.setFilterStateRules(
                                FilterStateRule.newBuilder().setName("x"))),
                Map.entry(
                        "rules[0].match",
                        one -> one.setRules(
                                0,
                                rule(MISSING).setMatch(RouteMatch.newBuilder().setPathSeparatedPrefix("/a")))),
                Map.entry("rules[0].requires.provider_name", one -> one.setRules(0, rule(provider("nobody")))),
                Map.entry("rules[0].requires.requires_any.requirements", one -> one.setRules(0, rule(any()))),
                Map.entry(
                        "rules[0].requirement_name",
                        one -> one.setRules(0, rule(MISSING).setRequirementName("nobody"))),
                Map.entry(
                        "providers[\"origins-0\"]",
                        one -> one.putProviders(
                                "origins-0", inline().clearLocalJwks().build())),
                Map.entry(
                        "providers[\"origins-0\"].local_jwks.filename",
                        one -> one.putProviders(
                                "origins-0",
                                inline().setLocalJwks(DataSource.newBuilder().setFilename("/k"))
                                        .build())),
                Map.entry(
                        "providers[\"origins-0\"].remote_jwks.http_uri.uri",
                        one -> one.putProviders(
                                "origins-0",
                                inline().setRemoteJwks(RemoteJwks.newBuilder()
                                                .setHttpUri(HttpUri.newBuilder().setUri("file:///etc/passwd")))
                                        .build())),
                Map.entry(
                        "providers[\"origins-0\"].claim_to_headers[0].header_name",
                        one -> one.putProviders(
                                "origins-0",
                                inline().addClaimToHeaders(JwtClaimToHeader.newBuilder()
                                                .setHeaderName("Host")
                                                .setClaimName("c"))
                                        .build())),
                Map.entry(
                        "providers[\"origins-0\"].forward_payload_header",
                        one -> one.putProviders(
                                "origins-0",
                                inline().setForwardPayloadHeader("a b").build())),
                Map.entry(
                        "providers[\"origins-0\"].max_lifetime",
                        one -> one.putProviders(
                                "origins-0",
                                inline().setMaxLifetime(Duration.newBuilder().setSeconds(-1))
                                        .build())));
        return spoiled.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Problems problems = new Problems("Listener inbound");
                    JwtReader.read(entry.getValue().apply(one(inline())).build(), problems.root());
                    assertThat(problems.refused()).isTrue();
                    assertThat(problems.list())
                            .anyMatch(problem -> problem.field().equals(entry.getKey()));
                }));
    }
}
