package dev.weft.identity;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** May this process take part in handshakes at all. */
final class OwnIdentity {
    static final String TODO =
            "see why no certificate comes from the CA: the credential, and whether the CA is reachable";

    private OwnIdentity() {}

    /** Why not, or null. */
    static @Nullable String problem(@Nullable Identity own, long nowMillis) {
        if (own == null) {
            return "this process has no identity yet";
        }
        for (X509Certificate certificate : own.svid().chain()) {
            if (Validity.ended(certificate, nowMillis)) {
                return "this process's own identity " + own.svid().id() + " expired at "
                        + certificate.getNotAfter().toInstant() + ", "
                        + Shown.span(nowMillis - certificate.getNotAfter().getTime()) + " ago";
            }
            if (!Validity.begun(certificate, nowMillis)) {
                return "this process's own identity " + own.svid().id() + " begins only at "
                        + certificate.getNotBefore().toInstant() + ", by this machine's clock";
            }
        }
        return null;
    }
}
