package dev.weft.jose;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes is refused with a status; nothing else is thrown, and nothing invented is believed. */
final class JwtFuzzTest {
    private static final KeySet KEYS = Tokens.keys(Tokens.RSA);
    private static final String GOOD =
            Tokens.signed(Tokens.RSA, "{\"iss\":\"i\",\"sub\":\"alice\",\"n\":[1,{\"a\":null}]}");

    private static JwtStatus judge(String token) {
        try {
            return KEYS.verify(Jwt.parse(token));
        } catch (JwtRefusedException e) {
            return e.status();
        }
    }

    @Property(tries = 2000)
    void garbageIsRefused(@ForAll("garbage") String token) {
        assertThat(judge(token)).isNotEqualTo(JwtStatus.OK);
    }

    @Property(tries = 2000)
    void garbageInTheRightPlacesIsRefused(@ForAll("garbage") String header, @ForAll("json") String claims) {
        assertThat(judge(Tokens.base64(header) + "." + Tokens.base64(claims) + "." + Tokens.base64(header)))
                .isNotEqualTo(JwtStatus.OK);
        assertThat(judge(Tokens.unsigned("{\"alg\":\"RS256\"}", claims))).isNotEqualTo(JwtStatus.OK);
    }

    @Property(tries = 3000)
    void aTokenWithOneCharacterChangedSaysNothingElse(@ForAll("place") int at, @ForAll("any") char c) {
        String changed = GOOD.substring(0, at) + c + GOOD.substring(at + 1);
        if (judge(changed) == JwtStatus.OK) {
            // Only the last character of the signature has bits that mean nothing.
            assertThat(changed.substring(0, GOOD.length() - 1)).isEqualTo(GOOD.substring(0, GOOD.length() - 1));
        }
    }

    @Property(tries = 500)
    void aKeySetOfAnythingThrowsNothingElse(@ForAll("json") String json) {
        try {
            KeySet.parse(json);
        } catch (java.text.ParseException e) {
            assertThat(e.getMessage()).isNotNull();
        }
    }

    @Provide
    Arbitrary<Integer> place() {
        return Arbitraries.integers().between(0, GOOD.length() - 1);
    }

    @Provide
    Arbitrary<Character> any() {
        return Arbitraries.chars().range((char) 0, (char) 0x17F);
    }

    @Provide
    Arbitrary<String> garbage() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(200),
                Arbitraries.strings().withChars("ABCabc019-_.=").ofMaxLength(200),
                json());
    }

    @Provide
    Arbitrary<String> json() {
        Arbitrary<String> leaf = Arbitraries.of(
                "1",
                "-1",
                "1e400",
                "0.5",
                "\"\"",
                "\"x\"",
                "true",
                "null",
                "{}",
                "[]",
                "\"\\ud800\"",
                "NaN",
                "'",
                "\\");
        Arbitrary<String> name =
                Arbitraries.of("alg", "kid", "iss", "sub", "exp", "nbf", "aud", "crit", "keys", "kty", "n", "e", "x");
        Arbitrary<String> field = Combinators.combine(name, leaf).as((n, v) -> "\"" + n + "\":" + v);
        Arbitrary<String> object = field.list().ofMaxSize(8).map(fields -> "{" + String.join(",", fields) + "}");
        return Arbitraries.oneOf(
                object,
                object.list().ofMaxSize(4).map(several -> "{\"keys\":[" + String.join(",", several) + "]}"),
                leaf,
                Arbitraries.integers().between(1, 5000).map(depth -> "[".repeat(depth)),
                Arbitraries.integers().between(1, 5000).map(depth -> "{\"a\":".repeat(depth)));
    }
}
