package dev.weft.control.grpc;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a certificate says. */
final class Certificates {
    private static final int URI = 6;

    private Certificates() {}

    /** The URI that the first one of a chain names. */
    static String uri(Certificate[] chain) {
        try {
            for (List<?> name : ((X509Certificate) chain[0]).getSubjectAlternativeNames()) {
                if (name.get(0).equals(URI)) {
                    return (String) name.get(1);
                }
            }
        } catch (CertificateParsingException e) {
            throw new AssertionError(e);
        }
        return "nobody";
    }
}
