package dev.weft.identity;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The roots that may vouch for the workloads of each trust domain. A root of one domain never vouches for another's. While a
 * root is being rotated, a domain has the old and the new one.
 *
 * @param rootsByTrustDomain 1 to 100 CA certificates for each domain
 */
public record TrustBundle(Map<String, List<X509Certificate>> rootsByTrustDomain) {
    /** A handshake may try them all when their subjects are equal. */
    private static final int MAX_ROOTS = 100;

    /** Fails with {@link IllegalArgumentException} if a name is not a trust domain or a certificate no CA's. */
    public TrustBundle {
        Map<String, List<X509Certificate>> copy = new LinkedHashMap<>();
        rootsByTrustDomain.forEach((domain, roots) -> copy.put(domain, checked(domain, roots)));
        rootsByTrustDomain = java.util.Collections.unmodifiableMap(copy);
    }

    /** A bundle for one trust domain. */
    public static TrustBundle of(String trustDomain, List<X509Certificate> roots) {
        return new TrustBundle(Map.of(trustDomain, roots));
    }

    /** The roots of a trust domain; empty if it is unknown. */
    public List<X509Certificate> roots(String trustDomain) {
        return rootsByTrustDomain.getOrDefault(trustDomain, List.of());
    }

    /** The trust domains that are known. */
    public Set<String> trustDomains() {
        return rootsByTrustDomain.keySet();
    }

    private static List<X509Certificate> checked(String domain, List<X509Certificate> roots) {
        // The rules for a trust domain's name stand in one place.
        SpiffeId unused = new SpiffeId(domain, "/root");
        if (roots.isEmpty() || roots.size() > MAX_ROOTS) {
            throw new IllegalArgumentException("trust domain " + unused.trustDomain() + " has " + roots.size()
                    + " roots, expected 1 to " + MAX_ROOTS);
        }
        for (X509Certificate root : roots) {
            if (root.getBasicConstraints() < 0) {
                throw new IllegalArgumentException("trust domain " + domain + ": " + Shown.certificate(root)
                        + " is not a CA's certificate (basic constraints CA:TRUE) and cannot be a root");
            }
        }
        return List.copyOf(roots);
    }

    @Override
    public String toString() {
        return "TrustBundle"
                + rootsByTrustDomain.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + Shown.list(entry.getValue(), Shown::certificate))
                        .toList();
    }
}
