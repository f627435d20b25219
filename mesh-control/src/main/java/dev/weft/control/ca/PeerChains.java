package dev.weft.control.ca;

import dev.weft.runtime.Ticker;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Judges the certificates that clients show against the roots of this moment. */
final class PeerChains {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int URI_NAME = 6;

    private final CertificateAuthority authority;
    private final Ticker ticker;

    PeerChains(CertificateAuthority authority, Ticker ticker) {
        this.authority = authority;
        this.ticker = ticker;
    }

    /**
     * Whose chain it is.
     *
     * @throws CertificateException saying what is wrong with it
     */
    SpiffeId identity(List<X509Certificate> chain) throws CertificateException {
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        path(chain);
        X509Certificate leaf = chain.get(0);
        boolean[] usage = leaf.getKeyUsage();
        if (leaf.getBasicConstraints() >= 0 || usage == null || !usage[0]) {
            throw new CertificateException("the certificate has no key usage digitalSignature, or is an authority's");
        }
        List<String> extended = leaf.getExtendedKeyUsage();
        if (extended == null || !extended.contains(CLIENT_AUTH)) {
            throw new CertificateException("the certificate has no extended key usage clientAuth");
        }
        try {
            SpiffeId identity = SpiffeId.parse(uri(leaf));
            if (!identity.trustDomain().equals(authority.trustDomain())) {
                throw new CertificateException("identity " + identity + " is of another trust domain");
            }
            return identity;
        } catch (IllegalArgumentException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    private void path(List<X509Certificate> chain) throws CertificateException {
        Set<TrustAnchor> anchors = new HashSet<>();
        List<X509Certificate> roots = authority.trustBundle();
        roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
        try {
            CertPath path = CertificateFactory.getInstance("X.509")
                    .generateCertPath(chain.stream()
                            .filter(certificate -> !roots.contains(certificate))
                            .toList());
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(new Date(ticker.epochMillis()));
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate's chain is not valid here: " + e.getMessage(), e);
        }
    }

    private static String uri(X509Certificate leaf) throws CertificateException {
        List<String> uris = new ArrayList<>();
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        if (names != null) {
            for (List<?> name : names) {
                if (name.get(0).equals(URI_NAME)) {
                    uris.add(String.valueOf(name.get(1)));
                }
            }
        }
        if (uris.size() != 1) {
            throw new CertificateException("the certificate has " + uris.size() + " URI names, one was expected");
        }
        return uris.get(0);
    }
}
