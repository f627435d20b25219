package dev.weft.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JwtTest {
    private static final String RS256 = "{\"alg\":\"RS256\"}";

    @Test
    void theClaimsCanBeReadAsTheyWereWritten() throws Exception {
        Jwt token = Jwt.parse(Tokens.unsigned(
                "{\"alg\":\"RS256\",\"kid\":\"k1\"}",
                "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":[\"a\",\"b\"],\"exp\":20,\"groups\":[\"g\"],\"a\":{\"b\":1}}"));
        assertThat(token.algorithm()).isEqualTo("RS256");
        assertThat(token.keyId()).isEqualTo("k1");
        assertThat(token.issuer()).isEqualTo("i");
        assertThat(token.subject()).isEqualTo("s");
        assertThat(token.audiences()).containsExactly("a", "b");
        assertThat(token.claims()).containsEntry("groups", List.of("g")).containsEntry("a", Map.of("b", 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {} | HEADER_BAD_ALG",
                "{\"alg\":5} | {} | HEADER_BAD_ALG",
                "{\"alg\":\"none\"} | {} | HEADER_UNKNOWN_ALG",
                "{\"alg\":\"None\"} | {} | HEADER_UNKNOWN_ALG",
                "{\"alg\":\"HS256\"} | {} | HEADER_UNKNOWN_ALG",
                "{\"alg\":\"ES256K\"} | {} | HEADER_UNKNOWN_ALG",
                "{\"alg\":\"RS256\",\"kid\":1} | {} | HEADER_BAD_KID",
                "[[\"alg\",\"RS256\"]] | {} | HEADER_BAD_JSON",
                "null | {} | HEADER_BAD_JSON",
                "{\"alg\":\"RS256\",\"crit\":3} | {} | HEADER_BAD_JSON",
                "{\"alg\":\"RS256\"} | [1] | PAYLOAD_BAD_JSON",
                "{\"alg\":\"RS256\"} | {\"a\" | PAYLOAD_BAD_JSON",
                "{\"alg\":\"RS256\"} | {\"iss\":1} | BAD_ISS",
                "{\"alg\":\"RS256\"} | {\"sub\":[]} | BAD_SUB",
                "{\"alg\":\"RS256\"} | {\"iat\":\"1\"} | IAT_NO_INTEGER",
                "{\"alg\":\"RS256\"} | {\"nbf\":true} | NBF_NO_INTEGER",
                "{\"alg\":\"RS256\"} | {\"nbf\":-1} | NBF_OUT_OF_RANGE",
                "{\"alg\":\"RS256\"} | {\"exp\":\"soon\"} | EXP_NO_INTEGER",
                "{\"alg\":\"RS256\"} | {\"exp\":1e30} | EXP_OUT_OF_RANGE",
                "{\"alg\":\"RS256\"} | {\"jti\":1} | BAD_JTI",
                "{\"alg\":\"RS256\"} | {\"aud\":1} | BAD_AUD",
                "{\"alg\":\"RS256\"} | {\"aud\":[\"a\",1]} | BAD_AUD",
            })
    void whatIsWrongIsNamedAsEnvoyNamesIt(String header, String claims, JwtStatus expected) {
        assertThatThrownBy(() -> Jwt.parse(Tokens.unsigned(header, claims)))
                .isInstanceOfSatisfying(
                        JwtRefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "'', BAD_FORMAT",
        "a.b, BAD_FORMAT",
        "a.b.c.d, BAD_FORMAT",
        "a..c, BAD_FORMAT",
        "a.b., BAD_FORMAT",
        "!.b.c, HEADER_BAD_BASE64",
        "e30=x.b.c, HEADER_BAD_BASE64"
    })
    void theFormIsCheckedFirst(String token, JwtStatus expected) {
        assertThatThrownBy(() -> Jwt.parse(token))
                .isInstanceOfSatisfying(
                        JwtRefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(expected));
    }

    @Test
    void aTokenTooLongForAnyHeadIsNoToken() {
        String claims = "{\"a\":\"" + "x".repeat(Jwt.MAX_CHARS) + "\"}";
        assertThatThrownBy(() -> Jwt.parse(Tokens.unsigned(RS256, claims))).hasMessage(JwtStatus.BAD_FORMAT.words());
    }

    @Test
    void claimsNestedWithoutEndAreNoJson() {
        String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThatThrownBy(() -> Jwt.parse(Tokens.unsigned(RS256, deep)))
                .hasMessage(JwtStatus.PAYLOAD_BAD_JSON.words());
    }

    @Test
    void bracketsInsideATextAreNoDepth() throws Exception {
        String claims = "{\"a\":\"\\\"" + "[".repeat(500) + "\"}";
        assertThat(Jwt.parse(Tokens.unsigned(RS256, claims)).claims()).containsKey("a");
    }

    @ParameterizedTest
    @CsvSource({
        "{}, 5000000000, OK",
        "{\"exp\":1000}, 1060, OK",
        "{\"exp\":1000}, 1061, EXPIRED",
        "{\"exp\":0}, 5000, OK",
        "{\"exp\":9223372036854775807}, 5000, OK",
        "{\"exp\":1000.9}, 1061, EXPIRED",
        "{\"nbf\":1000}, 940, OK",
        "{\"nbf\":1000}, 939, NOT_YET_VALID",
    })
    void clocksMayDifferByAMinute(String claims, long now, JwtStatus expected) throws Exception {
        assertThat(Jwt.parse(Tokens.unsigned(RS256, claims)).times(now, 60)).isEqualTo(expected);
    }

    @Test
    void aLogDoesNotShowTheToken() throws Exception {
        String token = Tokens.unsigned(RS256, "{\"iss\":\"i\"}");
        assertThat(Jwt.parse(token).toString()).isEqualTo("Jwt of i");
    }
}
