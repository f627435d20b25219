package dev.weft.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeySetTest {
    private static final ECKey P256 = Tokens.ec("e1", Curve.P_256);
    private static final ECKey P384 = Tokens.ec("e2", Curve.P_384);
    private static final ECKey P521 = Tokens.ec("e3", Curve.P_521);

    static Stream<Arguments> algorithms() {
        return Stream.of(
                Arguments.of(Tokens.RSA, JWSAlgorithm.RS256),
                Arguments.of(Tokens.RSA, JWSAlgorithm.RS384),
                Arguments.of(Tokens.RSA, JWSAlgorithm.RS512),
                Arguments.of(Tokens.RSA, JWSAlgorithm.PS256),
                Arguments.of(Tokens.RSA, JWSAlgorithm.PS384),
                Arguments.of(Tokens.RSA, JWSAlgorithm.PS512),
                Arguments.of(P256, JWSAlgorithm.ES256),
                Arguments.of(P384, JWSAlgorithm.ES384),
                Arguments.of(P521, JWSAlgorithm.ES512));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aTokenOfEveryAlgorithmIsVerifiedAndAChangedOneIsNot(com.nimbusds.jose.jwk.JWK key, JWSAlgorithm algorithm)
            throws Exception {
        KeySet keys = Tokens.keys(Tokens.RSA, P256, P384, P521);
        String token = Tokens.signed(key, algorithm, "{\"sub\":\"alice\"}");
        assertThat(keys.verify(Jwt.parse(token))).isEqualTo(JwtStatus.OK);
        String[] parts = token.split("\\.");
        String changed = parts[0] + "." + Tokens.base64("{\"sub\":\"admin\"}") + "." + parts[2];
        assertThat(keys.verify(Jwt.parse(changed))).isEqualTo(JwtStatus.VERIFICATION_FAILS);
    }

    @Test
    void ed25519IsVerifiedByTheJdk() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        String x = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        KeySet keys =
                KeySet.parse("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"o\",\"x\":\"" + x + "\"}]}");
        String signed = Tokens.base64("{\"alg\":\"EdDSA\",\"kid\":\"o\"}") + "." + Tokens.base64("{\"sub\":\"s\"}");
        Signature by = Signature.getInstance("Ed25519");
        by.initSign(pair.getPrivate());
        by.update(signed.getBytes(StandardCharsets.US_ASCII));
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(by.sign());
        assertThat(keys.verify(Jwt.parse(signed + "." + signature))).isEqualTo(JwtStatus.OK);
        assertThat(keys.verify(Jwt.parse(signed + ".c2ln"))).isEqualTo(JwtStatus.VERIFICATION_FAILS);
    }

    @Test
    void aPublicKeyIsNoSecret() throws Exception {
        byte[] secret = Tokens.RSA.toRSAPublicKey().getEncoded();
        JWSObject forged = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), new Payload("{\"sub\":\"admin\"}"));
        forged.sign(new MACSigner(secret));
        assertThatThrownBy(() -> Jwt.parse(forged.serialize())).hasMessage(JwtStatus.HEADER_UNKNOWN_ALG.words());
    }

    @Test
    void secretsAndKeysForEncryptionAndSmallKeysAreLeftOut() throws Exception {
        RSAKey encryption =
                new RSAKey.Builder(Tokens.RSA).keyUse(KeyUse.ENCRYPTION).build();
        assertThat(Tokens.keys(encryption).isEmpty()).isTrue();
        assertThat(KeySet.parse("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"},{\"kty\":\"??\"},5,null]}")
                        .isEmpty())
                .isTrue();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        RSAKey small = new RSAKey.Builder((java.security.interfaces.RSAPublicKey)
                        generator.generateKeyPair().getPublic())
                .build();
        assertThat(Tokens.keys(small).isEmpty()).isTrue();
    }

    @Test
    void oneBrokenKeyLeavesTheOthers() throws Exception {
        String good = Tokens.RSA.toPublicJWK().toJSONString();
        KeySet keys = KeySet.parse("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"!\"}," + good + "]}");
        assertThat(keys.verify(Jwt.parse(Tokens.signed(Tokens.RSA, "{}")))).isEqualTo(JwtStatus.OK);
    }

    @Test
    void theKeyIsChosenByItsId() throws Exception {
        RSAKey other = new RSAKey.Builder(Tokens.OTHER).keyID("k1").build();
        Jwt token = Jwt.parse(Tokens.signed(Tokens.RSA, "{}"));
        assertThat(Tokens.keys(other).verify(token)).isEqualTo(JwtStatus.VERIFICATION_FAILS);
        assertThat(Tokens.keys(Tokens.OTHER).verify(token)).isEqualTo(JwtStatus.NO_MATCHING_KEY);
        assertThat(Tokens.keys(other, Tokens.RSA).verify(token)).isEqualTo(JwtStatus.OK);
    }

    @Test
    void aKeyWithoutIdAndATokenWithoutIdAreTriedWithAll() throws Exception {
        RSAKey nameless = new RSAKey.Builder(Tokens.RSA).keyID(null).build();
        assertThat(Tokens.keys(Tokens.OTHER, nameless).verify(Jwt.parse(Tokens.signed(Tokens.RSA, "{}"))))
                .isEqualTo(JwtStatus.OK);
        assertThat(Tokens.keys(Tokens.OTHER, Tokens.RSA).verify(Jwt.parse(Tokens.signed(nameless, "{}"))))
                .isEqualTo(JwtStatus.OK);
    }

    @Test
    void aKeyMeantForOneAlgorithmVerifiesNoOther() throws Exception {
        RSAKey only =
                new RSAKey.Builder(Tokens.RSA).algorithm(JWSAlgorithm.RS512).build();
        Jwt token = Jwt.parse(Tokens.signed(Tokens.RSA, "{}"));
        assertThat(Tokens.keys(only).verify(token)).isEqualTo(JwtStatus.NO_MATCHING_KEY);
    }

    @Test
    void anExtensionThatMustBeUnderstoodIsNot() throws Exception {
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .criticalParams(java.util.Set.of("x"))
                        .customParam("x", 1)
                        .build(),
                new Payload("{}"));
        token.sign(new com.nimbusds.jose.crypto.RSASSASigner(Tokens.RSA));
        assertThat(Tokens.keys(Tokens.RSA).verify(Jwt.parse(token.serialize())))
                .isEqualTo(JwtStatus.VERIFICATION_FAILS);
    }

    @Test
    void noKeysAtAllVerifyNothing() throws Exception {
        assertThat(KeySet.NONE.verify(Jwt.parse(Tokens.signed(Tokens.RSA, "{}"))))
                .isEqualTo(JwtStatus.NO_VALID_KEYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":", "null"})
    void whatIsNoKeySetIsRefused(String json) {
        assertThatThrownBy(() -> KeySet.parse(json)).isInstanceOf(ParseException.class);
    }

    @Test
    void aKeySetHasBounds() {
        String many = "{\"keys\":[" + "1,".repeat(100) + "1]}";
        assertThatThrownBy(() -> KeySet.parse(many)).hasMessageContaining("101 keys");
        assertThatThrownBy(() -> KeySet.parse(" ".repeat(KeySet.MAX_CHARS + 1))).hasMessageContaining("characters");
    }
}
