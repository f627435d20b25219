package dev.weft.tls;

import dev.weft.config.Cidr;
import java.net.InetAddress;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Compares a server's certificate with the names of which it must show one. The chain has been verified before. */
final class SubjectAltNames {
    // RFC 5280, 4.2.1.6: the kinds of GeneralName that name a server.
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    private SubjectAltNames() {}

    /** What is wrong, or null: one name fits. */
    static @Nullable String mismatch(List<String> expected, SSLSession session) {
        List<String> shown = new ArrayList<>();
        try {
            Certificate[] chain = session.getPeerCertificates();
            Collection<List<?>> names =
                    chain[0] instanceof X509Certificate leaf ? leaf.getSubjectAlternativeNames() : null;
            if (names != null) {
                for (List<?> name : names) {
                    int kind = (Integer) name.get(0);
                    if (kind == DNS || kind == URI || kind == IP) {
                        String text = String.valueOf(name.get(1));
                        if (expected.stream().anyMatch(wanted -> fits(wanted, text, kind))) {
                            return null;
                        }
                        shown.add(text);
                    }
                }
            }
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            return "the server's certificate cannot be read: " + e.getMessage();
        }
        return "the server's certificate names " + shown + ", one of " + expected + " was expected";
    }

    /** A name is compared with names of its own kind only: whoever may choose a DNS name must not thereby choose a URI. */
    private static boolean fits(String wanted, String shown, int kind) {
        if (kind != kindOf(wanted)) {
            return false;
        }
        return switch (kind) {
            case URI -> wanted.equals(shown);
            case IP -> Arrays.equals(address(wanted), address(shown));
            default -> fitsDns(wanted.toLowerCase(Locale.ROOT), shown.toLowerCase(Locale.ROOT));
        };
    }

    private static int kindOf(String name) {
        if (name.contains("://")) {
            return URI;
        }
        return address(name) == null ? DNS : IP;
    }

    private static byte @Nullable [] address(String name) {
        InetAddress address = Cidr.literal(name);
        return address == null ? null : address.getAddress();
    }

    private static boolean fitsDns(String name, String pattern) {
        if (!pattern.startsWith("*.")) {
            return name.equals(pattern);
        }
        // A wildcard stands for exactly one label (RFC 9525, 6.3).
        int dot = name.indexOf('.');
        return dot > 0 && name.substring(dot).equals(pattern.substring(1));
    }
}
