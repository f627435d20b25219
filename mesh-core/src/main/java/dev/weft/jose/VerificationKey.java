package dev.weft.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One public key made ready.
 *
 * @param keyId {@code kid}, or null
 * @param algorithm the only one it is meant for, or null
 */
record VerificationKey(@Nullable String keyId, @Nullable String algorithm, JWSVerifier verifier) {
    /** RFC 7518, 3.3: smaller ones must not be used. Larger ones than the maximum would let a key set burn our time. */
    private static final int MIN_RSA_BITS = 2048;

    private static final int MAX_RSA_BITS = 8192;
    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    /** Null for keys that are for something else, or that we do not know. */
    static @Nullable VerificationKey of(JWK jwk) throws JOSEException {
        if (jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse())) {
            return null;
        }
        JWSVerifier verifier = verifier(jwk);
        if (verifier == null) {
            return null;
        }
        String algorithm =
                jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName();
        return new VerificationKey(emptyToNull(jwk.getKeyID()), emptyToNull(algorithm), verifier);
    }

    private static @Nullable JWSVerifier verifier(JWK jwk) throws JOSEException {
        if (jwk instanceof RSAKey rsa) {
            int bits = rsa.toRSAPublicKey().getModulus().bitLength();
            return bits < MIN_RSA_BITS || bits > MAX_RSA_BITS ? null : new RSASSAVerifier(rsa.toRSAPublicKey());
        }
        if (jwk instanceof ECKey ec) {
            return CURVES.contains(ec.getCurve()) ? new ECDSAVerifier(ec.toECPublicKey()) : null;
        }
        if (jwk instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())) {
            return Ed25519.verifier(pair.getDecodedX());
        }
        return null;
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** Whether the token could have been signed by it, going by what both say of themselves. */
    boolean meantBy(Jwt token) {
        String id = token.keyId();
        return (id == null || keyId == null || id.equals(keyId))
                && (algorithm == null || algorithm.equals(token.algorithm()));
    }

    boolean verifies(Jwt token) {
        if (!verifier.supportedJWSAlgorithms().contains(token.header().nimbus().getAlgorithm())) {
            return false;
        }
        try {
            return verifier.verify(
                    token.header().nimbus(),
                    token.signed().getBytes(StandardCharsets.US_ASCII),
                    Base64URL.encode(token.signature()));
        } catch (JOSEException | RuntimeException e) {
            // A matcher that fails has not matched.
            return false;
        }
    }
}
