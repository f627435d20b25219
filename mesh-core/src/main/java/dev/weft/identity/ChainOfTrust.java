package dev.weft.identity;

import dev.weft.identity.PeerRefusedException.Check;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Signatures and constraints from a leaf to one of the roots, by the JDK's PKIX. Paths are built and not merely followed: a
 * peer in the middle of a root rotation may send a cross-signed issuer that one side needs and the other does not.
 * Revocation is not asked: certificates live an hour, and a handshake waits for no third party.
 */
final class ChainOfTrust {
    private static final int MAX_INTERMEDIATES = 5;

    private ChainOfTrust() {}

    /**
     * Judges a chain.
     *
     * @param peer whose it is, for messages
     * @param domain whose roots these are, for messages
     */
    static void check(
            List<X509Certificate> chain, String peer, String domain, List<X509Certificate> roots, long nowMillis)
            throws PeerRefusedException {
        Set<TrustAnchor> anchors = roots.stream()
                // PKIX does not look at an anchor's times.
                .filter(root -> Validity.holds(root, nowMillis))
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            throw new PeerRefusedException(
                    Check.CHAIN,
                    "all roots of trust domain " + domain + " are out of their time: "
                            + Shown.list(roots, Shown::certificate),
                    "a root that is valid now",
                    "give the mesh a new root, and compare this machine's clock");
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(chain.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(MAX_INTERMEDIATES);
            parameters.setDate(new Date(judgedAt(chain, nowMillis)));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException e) {
            X509Certificate last = chain.get(chain.size() - 1);
            throw new PeerRefusedException(
                            Check.CHAIN,
                            "the certificate of " + peer + " does not lead to a root (" + e.getMessage()
                                    + "); its chain of "
                                    + chain.size() + " ends with issuer "
                                    + Shown.text(last.getIssuerX500Principal().getName()),
                            "a chain to a root of trust domain " + domain + ": "
                                    + Shown.list(roots, Shown::certificate),
                            "see that both sides have their certificates and roots from the same CA; during a root"
                                    + " rotation the new root must be everywhere before it issues")
                    .initCause(e);
        }
    }

    /** PKIX knows one instant and no tolerance: the first at which all that were found to be in their time have begun. */
    static long judgedAt(List<X509Certificate> chain, long nowMillis) {
        long at = nowMillis;
        for (X509Certificate certificate : chain) {
            at = Math.max(at, certificate.getNotBefore().getTime());
        }
        return at;
    }
}
