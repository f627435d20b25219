package dev.weft.jose;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a token says of its signature.
 *
 * @param keyId {@code kid}, or null
 * @param nimbus the same for the library that verifies
 * @param fields everything in it
 */
record JwtHeader(String algorithm, @Nullable String keyId, JWSHeader nimbus, Map<String, Object> fields) {
    /** Algorithms with public keys. HMAC is not among them: with a public key as its secret anybody could sign. */
    private static final Set<String> ALGORITHMS = Stream.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512,
                    JWSAlgorithm.EdDSA)
            .map(JWSAlgorithm::getName)
            .collect(Collectors.toUnmodifiableSet());

    static JwtHeader parse(String base64url, byte[] json) throws JwtRefusedException {
        Map<String, Object> fields;
        try {
            fields = Json.object(json);
        } catch (ParseException e) {
            throw new JwtRefusedException(JwtStatus.HEADER_BAD_JSON);
        }
        if (!(fields.get("alg") instanceof String algorithm)) {
            throw new JwtRefusedException(JwtStatus.HEADER_BAD_ALG);
        }
        if (!ALGORITHMS.contains(algorithm)) {
            throw new JwtRefusedException(JwtStatus.HEADER_UNKNOWN_ALG);
        }
        Object keyId = fields.get("kid");
        if (fields.containsKey("kid") && !(keyId instanceof String)) {
            throw new JwtRefusedException(JwtStatus.HEADER_BAD_KID);
        }
        try {
            JWSHeader nimbus = JWSHeader.parse(fields, new Base64URL(base64url));
            return new JwtHeader(
                    algorithm,
                    keyId instanceof String text && !text.isEmpty() ? text : null,
                    nimbus,
                    Collections.unmodifiableMap(fields));
        } catch (ParseException | IllegalArgumentException e) {
            throw new JwtRefusedException(JwtStatus.HEADER_BAD_JSON);
        }
    }
}
