package dev.weft.jose;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ed25519 by the JDK: Nimbus' own verifier wants another library for what the JDK has since version 15. */
final class Ed25519 implements JWSVerifier {
    private static final int BYTES = 32;

    private final PublicKey key;
    private final JCAContext context = new JCAContext();

    private Ed25519(PublicKey key) {
        this.key = key;
    }

    /**
     * Null if this is no such key.
     *
     * @param x the public key as RFC 8032 encodes it: y in little-endian order, the sign of x in the last bit
     */
    static @Nullable JWSVerifier verifier(byte[] x) {
        if (x.length != BYTES) {
            return null;
        }
        byte[] y = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            y[i] = x[BYTES - 1 - i];
        }
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7F;
        try {
            return new Ed25519(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(
                            NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y)))));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
        // Extensions that must be understood: none is. The other verifiers check that inside.
        if (header.getCriticalParams() != null) {
            return false;
        }
        try {
            Signature by = Signature.getInstance("Ed25519");
            by.initVerify(key);
            by.update(signed);
            return by.verify(signature.decode());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }
}
