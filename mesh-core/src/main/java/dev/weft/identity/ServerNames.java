package dev.weft.identity;

import dev.weft.identity.PeerRefusedException.Check;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whether a server's certificate is for the host that was dialled: decided by the JDK's own trust manager, as for HTTPS. */
final class ServerNames {
    /** RFC 5280 4.2.1.6: dNSName and iPAddress. */
    private static final Set<Integer> HOSTS = Set.of(2, 7);

    private ServerNames() {}

    static void check(
            X509Certificate[] chain, String authType, SSLEngine engine, List<X509Certificate> roots, long atMillis)
            throws PeerRefusedException {
        String host = String.valueOf(engine.getPeerHost());
        if (!"HTTPS".equals(engine.getSSLParameters().getEndpointIdentificationAlgorithm()) || !hasHosts(chain[0])) {
            // Without such names the JDK would be content with a subject of that name.
            throw refused(chain[0], host, null);
        }
        try {
            Set<TrustAnchor> anchors =
                    roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
            parameters.setRevocationEnabled(false);
            parameters.setDate(new Date(atMillis));
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            ((X509ExtendedTrustManager) factory.getTrustManagers()[0]).checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw refused(chain[0], host, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PKIX trust managers", e);
        }
    }

    private static boolean hasHosts(X509Certificate leaf) {
        return names(leaf).stream().anyMatch(name -> HOSTS.contains(name.get(0)));
    }

    private static Collection<List<?>> names(X509Certificate leaf) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static PeerRefusedException refused(X509Certificate leaf, String host, @Nullable Exception cause) {
        List<List<?>> names = List.copyOf(names(leaf));
        PeerRefusedException refused = new PeerRefusedException(
                Check.NAMES,
                "the server at " + Shown.text(host) + " is not known as the control plane; its certificate names "
                        + (names.isEmpty()
                                ? "nothing"
                                : Shown.list(names, name -> Shown.text(String.valueOf(name.get(1)))))
                        + (cause == null ? "" : " (" + Shown.text(String.valueOf(cause.getMessage())) + ")"),
                "spiffe://TRUST_DOMAIN/ns/istio-system/sa/mesh-control, or a certificate for that host",
                "dial a name that the control plane's certificate has, or add the host to it (mesh-control serve --host)");
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }
}
