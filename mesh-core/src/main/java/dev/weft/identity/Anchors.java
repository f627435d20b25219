package dev.weft.identity;

import dev.weft.identity.PeerRefusedException.Check;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the control plane's certificate has to lead to. */
public sealed interface Anchors {

    /** The trust domain in which this holds; null if it is not known yet. */
    @Nullable
    String trustDomain();

    /** The roots to judge by, given what was shown. */
    List<X509Certificate> among(List<X509Certificate> shown) throws PeerRefusedException;

    /** Roots that are at hand. */
    record Roots(@Nullable String trustDomain, List<X509Certificate> certificates) implements Anchors {
        public Roots {
            certificates = List.copyOf(certificates);
        }

        @Override
        public List<X509Certificate> among(List<X509Certificate> shown) {
            return certificates;
        }
    }

    /**
     * A root of which only the fingerprint is known; the control plane shows it with its chain.
     *
     * @param sha256 of the certificate's DER, 64 lower-case hexadecimal digits
     */
    record Pin(@Nullable String trustDomain, String sha256) implements Anchors {
        private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

        /** Fails with {@link IllegalArgumentException} if that is no fingerprint. */
        public Pin {
            if (!FORM.matcher(sha256).matches()) {
                throw new IllegalArgumentException(
                        "pin " + Shown.text(sha256) + ": a SHA-256 of 64 lower-case hexadecimal digits was expected");
            }
        }

        @Override
        public List<X509Certificate> among(List<X509Certificate> shown) throws PeerRefusedException {
            for (X509Certificate certificate : shown) {
                // The pin is of a root: a leaf that somebody holds the key of is none.
                if (certificate.getBasicConstraints() >= 0 && sha256.equals(CertificatePin.of(certificate))) {
                    return List.of(certificate);
                }
            }
            throw new PeerRefusedException(
                    Check.CHAIN,
                    "the server shows no root with the pin of the credential; it shows "
                            + Shown.list(shown, Shown::certificate),
                    "a root with SHA-256 " + sha256,
                    "see that this is the control plane that made the credential; if its root was replaced since, make a"
                            + " new credential");
        }
    }
}
