package dev.weft.identity;

import java.security.PrivateKey;
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
        if (!KeyPairs.belongTogether(chain.get(0).getPublicKey(), key)) {
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

    @Override
    public String toString() {
        return "Svid[" + id + ", expires " + expiry() + ", " + chain.size() + " certificates]";
    }
}
