package dev.weft.authz.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.JwtProvider.Location;
import dev.weft.config.JwtStage;
import dev.weft.identity.PeerIdentity;
import dev.weft.jose.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a good token leaves behind for policies and for the application. */
final class JwtTracesTest {
    private static final String CLAIMS = "{\"iss\":\"" + Providers.ISSUER + "\",\"sub\":\"alice\",\"azp\":\"app\","
            + "\"groups\":[\"g1\",\"g2\"],\"a\":{\"b\":[\"u\",\"v\"]},\"scope\":\"read  write\",\"n\":7}";
    private static final String GOOD = Tokens.signed(Tokens.RSA, CLAIMS);
    private static final String BEARER = "Bearer " + GOOD;

    @Test
    void policiesFindTheClaimsAndTheCallerIsKnown() {
        Asked asked = Asked.of(Providers.stage(Providers.of(Providers.ISSUER)), "/", "authorization", BEARER);
        assertThat(asked.claims().get("azp")).isEqualTo("app");
        assertThat(asked.claims().get("groups")).isEqualTo(List.of("g1", "g2"));
        assertThat(asked.claims().get("a")).isEqualTo(Map.of("b", List.of("u", "v")));
        assertThat(asked.claims().get("scope")).isEqualTo(List.of("read", "write"));
        PeerIdentity caller = asked.arrival().caller();
        assertThat(caller.getName()).isEqualTo(Providers.ISSUER + "/alice");
        assertThat(caller.claim("n")).isEqualTo(7L);
        assertThat(caller.claim("scope")).isEqualTo("read  write");
    }

    @Test
    void aRefusedTokenLeavesNothing() {
        JwtStage stage =
                Providers.stage(Providers.of(Providers.ISSUER).audiences("x").claim("x-sub", "sub"));
        Asked asked = Asked.of(stage, "/", "authorization", BEARER);
        assertThat(asked.claims()).isEmpty();
        assertThat(asked.arrival().caller().isAnonymous()).isTrue();
        assertThat(asked.header("x-sub")).isNull();
    }

    @Test
    void theTokenIsTakenOutUnlessItIsForwarded() {
        JwtStage taken = Providers.stage(Providers.of(Providers.ISSUER));
        assertThat(Asked.of(taken, "/", "authorization", BEARER).header("authorization"))
                .isNull();
        assertThat(Asked.of(taken, "/p?a=%20&access_token=" + GOOD + "&b")
                        .arrival()
                        .head()
                        .path())
                .isEqualTo("/p?a=%20&b");
        assertThat(Asked.of(taken, "/p?access_token=" + GOOD).arrival().head().path())
                .isEqualTo("/p");
        JwtStage forwarded = Providers.stage(Providers.of(Providers.ISSUER).forwarded());
        assertThat(Asked.of(forwarded, "/", "authorization", BEARER).header("authorization"))
                .isEqualTo(BEARER);
        JwtStage cookie = Providers.stage(Providers.of(Providers.ISSUER).from(new Location.Cookie("t")));
        assertThat(Asked.of(cookie, "/", "cookie", "a=b; t=" + GOOD + "; c=d").header("cookie"))
                .isEqualTo("a=b; c=d");
        assertThat(Asked.of(cookie, "/", "cookie", "t=" + GOOD).header("cookie"))
                .isNull();
    }

    @Test
    void thePayloadCanBeCarriedOn() {
        String payload = GOOD.split("\\.")[1];
        JwtStage plain = Providers.stage(Providers.of(Providers.ISSUER).payloadHeader("x-payload", false));
        assertThat(Asked.of(plain, "/", "authorization", BEARER).header("x-payload"))
                .isEqualTo(payload);
        JwtStage padded = Providers.stage(Providers.of(Providers.ISSUER).payloadHeader("x-payload", true));
        String value = Asked.of(padded, "/", "authorization", BEARER).header("x-payload");
        assertThat(value.length() % 4).isZero();
        assertThat(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8))
                .isEqualTo(CLAIMS);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"text\", text",
                "7, 7",
                "0, 0",
                "1e3, 1000",
                "-7, -7.000000",
                "1.5, 1.500000",
                "9007199254740993, 9007199254740993",
                "true, true",
                "false, false",
                "[1], WzFd",
                "{\"a\":\"b\"}, eyJhIjoiYiJ9",
                "null, ",
                "\"\", ",
                "\"a\\r\\nx-admin: 1\", ",
                "\"a\\u0000\", ",
            })
    void claimsAreWrittenAsEnvoyWritesThem(String claim, String expected) {
        JwtStage stage = Providers.stage(Providers.of(Providers.ISSUER).claim("x-claim", "c"));
        String token = Tokens.signed(Tokens.RSA, "{\"iss\":\"" + Providers.ISSUER + "\",\"c\":" + claim + "}");
        assertThat(Asked.of(stage, "/", "authorization", "Bearer " + token).header("x-claim"))
                .isEqualTo(expected);
    }

    @Test
    void dotsLeadIntoNestedClaims() {
        JwtStage stage = Providers.stage(
                Providers.of(Providers.ISSUER).claim("x-b", "a.b").claim("x-none", "a.x.y"));
        Asked asked = Asked.of(stage, "/", "authorization", BEARER);
        assertThat(new String(Base64.getDecoder().decode(asked.header("x-b")), StandardCharsets.UTF_8))
                .isEqualTo("[\"u\",\"v\"]");
        assertThat(asked.header("x-none")).isNull();
    }

    @Test
    void fieldsThatOnlyATokenMayFillAreEmptiedWhateverElseHappens() {
        JwtStage stage = Providers.stage(
                Providers.of("a").claim("x-sub", "sub").payloadHeader("x-payload", false),
                Providers.of(Providers.ISSUER).claim("x-user", "sub"));
        Asked none = Asked.of(stage, "/", "X-Sub", "admin", "x-payload", "e30", "x-user", "admin", "other", "1");
        assertThat(none.header("x-sub")).isNull();
        assertThat(none.header("x-payload")).isNull();
        assertThat(none.header("x-user")).isNull();
        assertThat(none.header("other")).isEqualTo("1");
        // With a token of one issuer, what the other would have said is not there either.
        Asked one = Asked.of(stage, "/", "authorization", BEARER, "x-sub", "admin", "x-user", "admin");
        assertThat(one.header("x-sub")).isNull();
        assertThat(one.arrival().head().headers().all("x-user")).containsExactly("alice");
        // Nor where the first issuer is content and the second is not even tried.
        JwtStage turned = Providers.stage(
                Providers.of(Providers.ISSUER).claim("x-user", "sub"),
                Providers.of("a").claim("x-sub", "sub"));
        Asked untried = Asked.of(turned, "/", "authorization", BEARER, "x-sub", "admin");
        assertThat(untried.verdict()).isEqualTo("passed");
        assertThat(untried.header("x-sub")).isNull();
    }

    @Test
    void aRefusalCanBeMadeKnownToPolicies() {
        JwtStage stage =
                Providers.stage(Providers.of(Providers.ISSUER).audiences("x").failureInMetadata("failure"));
        Asked asked = Asked.of(stage, "/", "authorization", BEARER);
        assertThat(asked.arrival().metadata(Judgement.FILTER).get("failure"))
                .isEqualTo(Map.of("code", 25, "message", "Audiences in Jwt are not allowed"));
    }
}
