package dev.weft.identity;

import dev.weft.identity.PeerRefusedException.Check;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf was made for (X.509-SVID 4 and 5): a workload's is no CA, signs handshakes and nothing else, and says on which
 * side of TLS it may be shown. Unlike plain PKIX, silence is not consent: a certificate without key usage is refused.
 */
final class LeafUse {
    /** Bits of RFC 5280 4.2.1.3. */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
    private static final String TODO = "let the mesh's CA issue the certificate";

    private LeafUse() {}

    /** Which side of a connection the peer is on. */
    enum Side {
        CLIENT("1.3.6.1.5.5.7.3.2", "clientAuth"),
        SERVER("1.3.6.1.5.5.7.3.1", "serverAuth");

        private final String purpose;
        private final String called;

        Side(String purpose, String called) {
            this.purpose = purpose;
            this.called = called;
        }
    }

    static void check(X509Certificate leaf, SpiffeId peer, Side side) throws PeerRefusedException {
        if (leaf.getBasicConstraints() >= 0) {
            throw new PeerRefusedException(
                    Check.BASIC_CONSTRAINTS,
                    "the certificate of " + peer + " is a CA's",
                    "basic constraints CA:FALSE, or none",
                    TODO);
        }
        boolean @Nullable [] usage = leaf.getKeyUsage();
        if (usage == null || !usage[DIGITAL_SIGNATURE] || usage[KEY_CERT_SIGN] || usage[CRL_SIGN]) {
            throw new PeerRefusedException(
                    Check.KEY_USAGE,
                    "the certificate of " + peer + " has " + (usage == null ? "no key usage" : shown(usage)),
                    "digitalSignature and neither keyCertSign nor cRLSign",
                    TODO);
        }
        List<String> purposes = purposes(leaf, peer);
        if (!purposes.contains(side.purpose)) {
            throw new PeerRefusedException(
                    Check.EXTENDED_KEY_USAGE,
                    "the certificate of " + peer + " is for " + (purposes.isEmpty() ? "no purpose" : purposes),
                    side.called + " (" + side.purpose + "), the peer being a "
                            + (side == Side.CLIENT ? "client" : "server"),
                    TODO);
        }
    }

    private static List<String> purposes(X509Certificate leaf, SpiffeId peer) throws PeerRefusedException {
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException e) {
            throw new PeerRefusedException(
                            Check.EXTENDED_KEY_USAGE,
                            "the purposes of the certificate of " + peer + " cannot be read: " + e.getMessage(),
                            "a list of purposes",
                            TODO)
                    .initCause(e);
        }
    }

    private static String shown(boolean[] usage) {
        return "key usage digitalSignature=" + usage[DIGITAL_SIGNATURE] + " keyCertSign=" + usage[KEY_CERT_SIGN]
                + " cRLSign=" + usage[CRL_SIGN];
    }
}
