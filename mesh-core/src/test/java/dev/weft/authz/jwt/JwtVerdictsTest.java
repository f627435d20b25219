package dev.weft.authz.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.weft.authz.Arrival;
import dev.weft.config.JwtProvider;
import dev.weft.config.JwtProvider.Location;
import dev.weft.config.JwtRequirement;
import dev.weft.config.JwtStage;
import dev.weft.config.PathMatch;
import dev.weft.config.StringMatch;
import dev.weft.jose.Tokens;
import dev.weft.request.LocalReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who passes and who does not, and what he is told. */
final class JwtVerdictsTest {
    private static final String GOOD = token("\"sub\":\"alice\",\"aud\":\"aud1\"");
    private static final JwtStage STAGE =
            Providers.stage(Providers.of(Providers.ISSUER).audiences("aud1", "https://aud2/"));

    private static String token(String claims) {
        return token(Tokens.RSA, Providers.ISSUER, claims);
    }

    private static String token(RSAKey key, String issuer, String claims) {
        return Tokens.signed(key, "{\"iss\":\"" + issuer + "\"" + (claims.isEmpty() ? "" : "," + claims) + "}");
    }

    private static String verdict(JwtStage stage, String token) {
        return Asked.of(stage, "/", "authorization", "Bearer " + token).verdict();
    }

    @Test
    void noTokenPassesAndAnotherSchemeIsNone() {
        assertThat(Asked.of(STAGE, "/").verdict()).isEqualTo("passed");
        assertThat(Asked.of(STAGE, "/", "authorization", "Basic dTpw").verdict())
                .isEqualTo("passed");
    }

    @Test
    void aGoodTokenPasses() {
        assertThat(verdict(STAGE, GOOD)).isEqualTo("passed");
        assertThat(verdict(STAGE, token("\"aud\":[\"x\",\"http://aud2\"]"))).isEqualTo("passed");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"aud\":\"wrong\"', 403 Audiences in Jwt are not allowed",
        "'', 403 Audiences in Jwt are not allowed",
        "'\"aud\":\"aud1\",\"exp\":1699999939', 401 Jwt is expired",
        "'\"aud\":\"aud1\",\"exp\":1699999940', passed",
        "'\"aud\":\"aud1\",\"nbf\":1700000061', 401 Jwt not yet valid",
        "'\"aud\":\"aud1\",\"nbf\":1700000060', passed",
        "'\"aud\":\"wrong\",\"exp\":1', 401 Jwt is expired",
        "'\"aud\":7', 401 Jwt payload [aud] field is not a string or string list",
    })
    void claimsAreJudgedInEnvoysOrder(String claims, String expected) {
        assertThat(verdict(STAGE, token(claims))).isEqualTo(expected);
    }

    @Test
    void garbageForgeriesAndForeignersAreRefused() {
        assertThat(verdict(STAGE, "garbage"))
                .isEqualTo("401 Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections");
        assertThat(verdict(STAGE, "")).startsWith("401 Jwt is not in the form");
        assertThat(verdict(STAGE, token(Tokens.RSA, "https://other", "")))
                .isEqualTo("401 Jwt issuer is not configured");
        assertThat(verdict(STAGE, Tokens.signed(Tokens.RSA, "{}"))).isEqualTo("401 Jwt issuer is not configured");
        assertThat(verdict(STAGE, token(Tokens.OTHER, Providers.ISSUER, "\"aud\":\"aud1\"")))
                .isEqualTo("401 Jwks doesn't have key to match kid or alg from Jwt");
        RSAKey forged = new RSAKey.Builder(Tokens.OTHER).keyID("k1").build();
        assertThat(verdict(STAGE, token(forged, Providers.ISSUER, "\"aud\":\"aud1\"")))
                .isEqualTo("401 Jwt verification fails");
        assertThat(verdict(STAGE, Tokens.unsigned("{\"alg\":\"none\"}", "{}")))
                .isEqualTo("401 Jwt header [alg] is not supported");
    }

    @Test
    void keysThatAreNoneRefuseTokensAndNobodyElse() {
        JwtStage broken = Providers.stage(Providers.of(Providers.ISSUER).keys("<html>"));
        assertThat(verdict(broken, token(""))).isEqualTo("401 Jwks doesn't have any valid public key");
        assertThat(Asked.of(broken, "/").verdict()).isEqualTo("passed");
    }

    @Test
    void theCallerIsChallengedWithWhatHeAskedFor() {
        Asked refused = Asked.of(STAGE, "/a?b=\"", "authorization", "Bearer x", "x-forwarded-proto", "https");
        assertThat(refused.reply().headers().first("www-authenticate"))
                .isEqualTo("Bearer realm=\"https://reviews/a?b=%22\", error=\"invalid_token\"");
        assertThat(refused.reply().headers().first("content-type")).isEqualTo("text/plain");
        Asked deep = Asked.of(STAGE, "/" + "x".repeat(1000), "authorization", "Bearer x");
        assertThat(deep.reply().headers().first("www-authenticate"))
                .isEqualTo("Bearer realm=\"http://reviews/" + "x".repeat(255) + "\", error=\"invalid_token\"");
    }

    @Test
    void whereATokenIsDemandedItsAbsenceIsNoInvalidToken() {
        JwtProvider provider = Providers.of(Providers.ISSUER).build();
        JwtStage strict = Providers.stage(Map.of("p", provider), new JwtRequirement.Provider("p", List.of()));
        Asked refused = Asked.of(strict, "/");
        assertThat(refused.verdict()).isEqualTo("401 Jwt is missing");
        assertThat(refused.reply().headers().first("www-authenticate")).isEqualTo("Bearer realm=\"http://reviews/\"");
        JwtStage otherAudience =
                Providers.stage(Map.of("p", provider), new JwtRequirement.Provider("p", List.of("special")));
        assertThat(verdict(otherAudience, GOOD)).isEqualTo("403 Audiences in Jwt are not allowed");
    }

    @Test
    void aSilentStageTellsTheStatusOnly() {
        JwtStage silent = new JwtStage(STAGE.providers(), STAGE.rules(), true, true);
        Asked refused = Asked.of(silent, "/", "authorization", "Bearer x");
        assertThat(refused.verdict()).isEqualTo("401 ");
        assertThat(refused.reply().headers().size()).isZero();
    }

    @Test
    void ofSeveralIssuersAnyWillDo() {
        JwtStage two = Providers.stage(
                Providers.of("a"),
                Providers.of("b").keys(Tokens.jwks(Tokens.OTHER)).audiences("only"));
        assertThat(Asked.of(two, "/").verdict()).isEqualTo("passed");
        assertThat(verdict(two, token(Tokens.RSA, "a", ""))).isEqualTo("passed");
        assertThat(verdict(two, token(Tokens.OTHER, "b", "\"aud\":\"only\""))).isEqualTo("passed");
        assertThat(verdict(two, token(Tokens.RSA, "b", "\"aud\":\"only\"")))
                .isEqualTo("401 Jwks doesn't have key to match kid or alg from Jwt");
        assertThat(verdict(two, token(Tokens.OTHER, "b", ""))).isEqualTo("403 Audiences in Jwt are not allowed");
        assertThat(verdict(two, token(Tokens.RSA, "c", ""))).isEqualTo("401 Jwt issuer is not configured");
    }

    @Test
    void twoRulesOfOneIssuerServeBoth() {
        JwtStage two = Providers.stage(
                Providers.of("a").audiences("x"), Providers.of("a").audiences("y"));
        assertThat(verdict(two, token(Tokens.RSA, "a", "\"aud\":\"x\""))).isEqualTo("passed");
        assertThat(verdict(two, token(Tokens.RSA, "a", "\"aud\":\"y\""))).isEqualTo("passed");
        assertThat(verdict(two, token(Tokens.RSA, "a", "\"aud\":\"z\""))).startsWith("403");
    }

    @Test
    void aGoodTokenDoesNotExcuseABadOne() {
        JwtStage stage = Providers.stage(Providers.of(Providers.ISSUER));
        String bearer = "Bearer " + GOOD;
        assertThat(Asked.of(stage, "/?access_token=x", "authorization", bearer).verdict())
                .startsWith("401");
        assertThat(Asked.of(stage, "/?access_token=" + GOOD + "&access_token=x").verdict())
                .startsWith("401");
        assertThat(Asked.of(stage, "/", "authorization", bearer, "authorization", "Bearer x")
                        .verdict())
                .startsWith("401");
        assertThat(Asked.of(stage, "/?access_token=" + GOOD, "authorization", bearer)
                        .verdict())
                .isEqualTo("passed");
    }

    @Test
    void oneGoodTokenEachOfTwoIssuersIsTooManyOnlyIfBothAreForwarded() {
        Location field = new Location.Header("authorization", "Bearer ");
        Location parameter = new Location.Parameter("access_token");
        String path = "/?access_token=" + token(Tokens.RSA, "b", "");
        String bearer = "Bearer " + token(Tokens.RSA, "a", "");
        JwtStage taken = Providers.stage(
                Providers.of("a").from(field, parameter), Providers.of("b").from(field, parameter));
        assertThat(Asked.of(taken, path, "authorization", bearer).verdict()).isEqualTo("passed");
        JwtStage forwarded = Providers.stage(
                Providers.of("a").from(field, parameter).forwarded(),
                Providers.of("b").from(field, parameter).forwarded());
        assertThat(Asked.of(forwarded, path, "authorization", bearer).verdict())
                .isEqualTo("401 Jwt issuer is not configured");
    }

    @Test
    void tokensAreFoundInFieldsParametersAndCookies() {
        JwtStage stage = Providers.stage(Providers.of(Providers.ISSUER)
                .from(
                        new Location.Header("x-token", ""),
                        new Location.Header("x-odd", "tok="),
                        new Location.Parameter("t"),
                        new Location.Cookie("session")));
        assertThat(Asked.of(stage, "/", "x-token", "bad").verdict()).startsWith("401");
        assertThat(Asked.of(stage, "/", "x-token", GOOD).verdict()).isEqualTo("passed");
        assertThat(Asked.of(stage, "/", "x-odd", "a, tok= " + GOOD).verdict()).isEqualTo("passed");
        assertThat(Asked.of(stage, "/", "x-odd", "tok=bad").verdict()).startsWith("401");
        assertThat(Asked.of(stage, "/?x=1&%74=" + GOOD.replace(".", "%2E")).verdict())
                .isEqualTo("passed");
        assertThat(Asked.of(stage, "/?t").verdict()).startsWith("401");
        assertThat(Asked.of(stage, "/", "cookie", "a=b; session=\"" + GOOD + "\"; c=d")
                        .verdict())
                .isEqualTo("passed");
        assertThat(Asked.of(stage, "/", "cookie", "session=bad").verdict()).startsWith("401");
        assertThat(Asked.of(stage, "/", "authorization", "Bearer bad").verdict())
                .isEqualTo("passed");
    }

    @Test
    void subjectAndLifetimeCanBeBounded() {
        JwtStage subject =
                Providers.stage(Providers.of(Providers.ISSUER).subject(new StringMatch.Prefix("spiffe://", false)));
        assertThat(verdict(subject, token("\"sub\":\"spiffe://x\""))).isEqualTo("passed");
        assertThat(verdict(subject, token("\"sub\":\"alice\""))).isEqualTo("401 Jwt verification fails");
        JwtStage must = Providers.stage(Providers.of(Providers.ISSUER).lifetime(JwtProvider.UNLIMITED));
        assertThat(verdict(must, token(""))).isEqualTo("401 Jwt verification fails");
        assertThat(verdict(must, token("\"exp\":9223372036854775807"))).isEqualTo("passed");
        JwtStage hour = Providers.stage(Providers.of(Providers.ISSUER).lifetime(Duration.ofHours(1)));
        assertThat(verdict(hour, token("\"exp\":1700003599"))).isEqualTo("passed");
        assertThat(verdict(hour, token("\"exp\":1700003600"))).isEqualTo("401 Jwt verification fails");
    }

    private static JwtStage byPath() {
        JwtProvider provider = Providers.of(Providers.ISSUER).build();
        JwtRequirement required = new JwtRequirement.Provider("p", List.of());
        return new JwtStage(
                Map.of("p", provider),
                List.of(
                        new JwtStage.Rule(new PathMatch.Exact("/health", true), new JwtRequirement.Nothing()),
                        new JwtStage.Rule(new PathMatch.Prefix("/api", true), required)),
                false,
                false);
    }

    @Test
    void noRuleIsEscapedByAPathThatTheServerReadsAsAnother() {
        assertThat(dispatched("//api/x", "/api/x")).isEqualTo("403 RBAC: access denied");
        assertThat(dispatched("/health", "/api/x")).isEqualTo("403 RBAC: access denied");
        assertThat(dispatched("/api;v=1/x", "/api/x")).isEqualTo("401 Jwt is missing");
        assertThat(dispatched("/other;v=1", "/other")).isEqualTo("passed");
    }

    private static String dispatched(String path, String read) {
        Arrival arrival = Asked.arrival(path);
        arrival.dispatchedAs(read);
        LocalReply reply = JwtFilter.of(byPath(), Asked.NOWHERE, Asked.TICKER)
                .judge(arrival)
                .toCompletableFuture()
                .join();
        return new Asked(arrival, reply).verdict();
    }

    @Test
    void theFirstRuleForAPathHolds() {
        JwtStage stage = byPath();
        assertThat(Asked.of(stage, "/health?x").verdict()).isEqualTo("passed");
        assertThat(Asked.of(stage, "/api/x").verdict()).isEqualTo("401 Jwt is missing");
        assertThat(Asked.of(stage, "/other").verdict()).isEqualTo("passed");
    }

    @Test
    void aPreflightCarriesNoToken() {
        JwtProvider provider = Providers.of(Providers.ISSUER).build();
        JwtStage strict = Providers.stage(Map.of("p", provider), new JwtRequirement.Provider("p", List.of()));
        JwtFilter filter = JwtFilter.of(strict, Asked.NOWHERE, Asked.TICKER);
        var arrival = Asked.arrival("/", "origin", "https://page", "access-control-request-method", "POST");
        var head = arrival.head();
        arrival.head(new dev.weft.request.RequestHead(
                "OPTIONS", head.scheme(), head.authority(), head.path(), head.headers()));
        assertThat(filter.judge(arrival)).isCompletedWithValue(null);
        assertThat(Asked.of(filter, "/", "origin", "https://page", "access-control-request-method", "POST")
                        .verdict())
                .isEqualTo("401 Jwt is missing");
    }

    @Test
    void missingOrFailedMayBeAllowedAndGoodOnesAreStillMadeUseOf() {
        JwtProvider provider = Providers.of(Providers.ISSUER).build();
        JwtStage lax = Providers.stage(Map.of("p", provider), new JwtRequirement.AllowMissingOrFailed());
        assertThat(verdict(lax, "garbage")).isEqualTo("passed");
        Asked good = Asked.of(lax, "/", "authorization", "Bearer " + GOOD);
        assertThat(good.claims().get("sub")).isEqualTo("alice");
        JwtStage missing = Providers.stage(Map.of("p", provider), new JwtRequirement.AllowMissing());
        assertThat(verdict(missing, "garbage")).startsWith("401");
        assertThat(verdict(missing, GOOD)).isEqualTo("passed");
        assertThat(Asked.of(missing, "/").verdict()).isEqualTo("passed");
    }

    @Test
    void theLogIsToldWhoseTokenItWas() {
        Asked refused = Asked.of(STAGE, "/", "authorization", "Bearer " + token("\"aud\":\"x\""));
        assertThat(refused.reply().reason())
                .isEqualTo("JWT: Audiences in Jwt are not allowed (provider origins-0), issuer of the token "
                        + Providers.ISSUER);
    }
}
