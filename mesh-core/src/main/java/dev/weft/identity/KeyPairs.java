package dev.weft.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Two halves of a key. */
public final class KeyPairs {
    private KeyPairs() {}

    /**
     * Whether they belong together: found by signing and verifying, which holds for every kind of key, also for one that hides
     * its numbers.
     *
     * @throws IllegalArgumentException if the private key cannot sign
     */
    public static boolean belongTogether(PublicKey certified, PrivateKey key) {
        if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        byte[] probe = Shown.ascii("do these belong together?");
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            signer.initVerify(certified);
            signer.update(probe);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the " + key.getAlgorithm() + " key cannot sign: " + e.getMessage(), e);
        }
    }
}
