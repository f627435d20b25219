package dev.weft.identity;

import dev.weft.identity.PeerRefusedException.Check;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * When a certificate counts. It may begin up to {@link #TOLERANCE_MILLIS} in the future, since the clock of the machine that
 * issued it, or of this one, may differ; it never counts after its end, since a stolen key must not live longer than was said.
 */
final class Validity {
    /** What clocks of one mesh may differ by: 5 minutes. */
    static final long TOLERANCE_MILLIS = 5 * 60_000L;

    private Validity() {}

    static boolean ended(X509Certificate certificate, long nowMillis) {
        return nowMillis > certificate.getNotAfter().getTime();
    }

    static boolean begun(X509Certificate certificate, long nowMillis) {
        return certificate.getNotBefore().getTime() <= nowMillis + TOLERANCE_MILLIS;
    }

    static boolean holds(X509Certificate certificate, long nowMillis) {
        return begun(certificate, nowMillis) && !ended(certificate, nowMillis);
    }

    static void check(List<X509Certificate> chain, String peer, long nowMillis) throws PeerRefusedException {
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            String which = i == 0 ? "the certificate of " + peer : "the issuer " + Shown.certificate(certificate);
            if (ended(certificate, nowMillis)) {
                throw new PeerRefusedException(
                        Check.TIMES,
                        which + " expired at " + certificate.getNotAfter().toInstant() + ", "
                                + Shown.span(
                                        nowMillis - certificate.getNotAfter().getTime())
                                + " ago by this machine's clock",
                        "an end after " + Instant.ofEpochMilli(nowMillis),
                        "see why the peer did not renew it (is its CA reachable?), and compare the clocks");
            }
            if (!begun(certificate, nowMillis)) {
                throw new PeerRefusedException(
                        Check.TIMES,
                        which + " begins at " + certificate.getNotBefore().toInstant() + ", "
                                + Shown.span(certificate.getNotBefore().getTime() - nowMillis)
                                + " ahead of this machine's clock",
                        "a beginning at most " + Shown.span(TOLERANCE_MILLIS) + " ahead",
                        "set the clocks of this machine and of the CA");
            }
        }
    }
}
