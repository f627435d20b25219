package dev.weft.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A workload's certificate and the key that belongs to it. {@link #toString()} shows no key.
 *
 * @param id what the leaf says
 * @param chain the leaf, then intermediates towards the root; 1 to 10
 * @param key the leaf's private key, in memory
 */
public record Svid(SpiffeId id, List<X509Certificate> chain, PrivateKey key) {
    static final int MAX_CHAIN = 10;

    /** Fails with {@link IllegalArgumentException} if leaf, identity and key do not belong together. */
    public Svid {
        chain = List.copyOf(chain);
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw new IllegalArgumentException(
                    "a chain has 1 to " + MAX_CHAIN + " certificates, this one " + chain.size());
        }
        SpiffeId said = idOf(chain.get(0));
        if (!said.equals(id)) {
            throw new IllegalArgumentException("the certificate is for " + said + ", not for " + id);
        }
        if (!belongTogether(chain.get(0).getPublicKey(), key)) {
            throw new IllegalArgumentException(
                    "the " + key.getAlgorithm() + " key does not belong to the certificate of " + id);
        }
    }

    /** With the identity that the leaf names. */
    public static Svid of(List<X509Certificate> chain, PrivateKey key) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain has 1 to " + MAX_CHAIN + " certificates, this one none");
        }
        return new Svid(idOf(chain.get(0)), chain, key);
    }

    /** The certificate that names the workload. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** From this instant on the certificate is refused by everybody, this process included. */
    public Instant expiry() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static SpiffeId idOf(X509Certificate leaf) {
        try {
            return LeafNames.identity(leaf);
        } catch (PeerRefusedException e) {
            throw new IllegalArgumentException("not a workload's certificate: " + e.getMessage(), e);
        }
    }

    /** By signing and verifying, which holds for every kind of key, also for one that hides its numbers. */
    private static boolean belongTogether(PublicKey certified, PrivateKey key) {
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

    @Override
    public String toString() {
        return "Svid[" + id + ", expires " + expiry() + ", " + chain.size() + " certificates]";
    }
}
