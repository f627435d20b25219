package dev.weft.identity;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** What a token says of the root that it believes: SHA-256 of the certificate's DER, 64 digits of lower-case hexadecimal. */
public final class CertificatePin {
    private CertificatePin() {}

    /** The pin of a certificate. */
    public static String of(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(Shown.sha256(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate cannot be encoded: " + e.getMessage(), e);
        }
    }
}
