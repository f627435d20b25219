package dev.weft.tls;

import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Mode;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a server after the handshake.
 *
 * @param identity ours
 */
public record ServerCheck(UpstreamTls tls, IdentitySource identity) {

    /** Why the server of a finished handshake is not the one that was meant, or null. */
    public @Nullable String refusal(SSLSession session) {
        if (tls.mode() == Mode.ISTIO_MUTUAL || tls.subjectAltNames().isEmpty()) {
            return null;
        }
        return SubjectAltNames.mismatch(tls.subjectAltNames(), session);
    }

    /** How long what was proved in a finished handshake holds. */
    public Proof proof(SSLSession session) {
        if (tls.mode() == Mode.SIMPLE) {
            return Proof.WITHOUT_END;
        }
        long peer = Long.MAX_VALUE;
        if (tls.mode() == Mode.ISTIO_MUTUAL) {
            try {
                peer = earliestEnd(session.getPeerCertificates());
            } catch (SSLPeerUnverifiedException e) {
                // No handshake with the mesh's managers ends well without a certificate; if one did, it proved nothing.
                peer = 0;
            }
        }
        return new Proof(own(session), peer);
    }

    private long own(SSLSession session) {
        long end = earliestEnd(session.getLocalCertificates());
        if (end != Long.MAX_VALUE || tls.mode() != Mode.ISTIO_MUTUAL) {
            return end;
        }
        // The server did not ask for it.
        Identity current = identity.current();
        return current == null ? 0 : current.svid().expiry().toEpochMilli();
    }

    private static long earliestEnd(Certificate @Nullable [] chain) {
        long end = Long.MAX_VALUE;
        if (chain != null) {
            for (Certificate certificate : chain) {
                if (certificate instanceof X509Certificate x509) {
                    end = Math.min(end, x509.getNotAfter().getTime());
                }
            }
        }
        return end;
    }
}
