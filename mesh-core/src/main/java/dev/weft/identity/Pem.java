package dev.weft.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates and keys as PEM text (RFC 7468). Readers take at most 1 MiB and 200 blocks, and fail with an {@link
 * IllegalArgumentException} that says where, what was seen and what was expected, and never shows a key.
 */
public final class Pem {
    static final int MAX_TEXT = 1 << 20;
    static final int MAX_BLOCKS = 200;
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String REQUEST = "CERTIFICATE REQUEST";

    private Pem() {}

    /**
     * Reads one or more certificates, in order.
     *
     * @param where a file name or the like, for messages
     */
    public static List<X509Certificate> certificates(String text, String where) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : PemBlock.read(text, where)) {
            if (!block.label().equals(CERTIFICATE)) {
                throw unreadable(where, "it holds a " + Shown.text(block.label()), "certificates only");
            }
            certificates.add(certificate(block, where));
        }
        if (certificates.isEmpty()) {
            throw unreadable(where, "it holds no certificate", "-----BEGIN CERTIFICATE-----");
        }
        return List.copyOf(certificates);
    }

    /**
     * Reads one private key in PKCS#8, not encrypted: EC, RSA or EdDSA.
     *
     * @param where a file name or the like, for messages
     */
    public static PrivateKey privateKey(String text, String where) {
        List<PemBlock> blocks = PemBlock.read(text, where);
        if (blocks.size() != 1 || !blocks.get(0).label().equals(PRIVATE_KEY)) {
            throw unreadable(
                    where,
                    "it holds " + Shown.list(blocks, block -> Shown.text(block.label())),
                    "one 'PRIVATE KEY' in PKCS#8 without password; convert with: openssl pkcs8 -topk8 -nocrypt");
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(blocks.get(0).der());
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // Another algorithm's key, or nobody's: the last line of this method says so.
                continue;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java platform has no keys of " + algorithm, e);
            }
        }
        throw unreadable(where, "its key cannot be read", "a key for EC, RSA or EdDSA");
    }

    /** Certificates one after the other. */
    public static String write(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(PemBlock.write(CERTIFICATE, certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException("a certificate cannot be written: " + e.getMessage(), e);
            }
        }
        return text.toString();
    }

    /** A key in PKCS#8, in the clear. Fails with {@link IllegalArgumentException} if the key does not leave its device. */
    public static String write(PrivateKey key) {
        byte[] der = key.getEncoded();
        if (der == null) {
            throw new IllegalArgumentException("the " + key.getAlgorithm() + " key does not leave its device");
        }
        return PemBlock.write(PRIVATE_KEY, der);
    }

    /** A request for a certificate, PKCS #10 in DER. */
    public static String writeRequest(byte[] der) {
        return PemBlock.write(REQUEST, der);
    }

    static IllegalArgumentException unreadable(String where, String seen, String expected) {
        return new IllegalArgumentException(where + " is not usable PEM: " + seen + "; expected " + expected);
    }

    private static X509Certificate certificate(PemBlock block, String where) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            IllegalArgumentException unreadable =
                    unreadable(where, "a certificate cannot be read (" + e.getMessage() + ")", "X.509");
            unreadable.initCause(e);
            throw unreadable;
        }
    }
}
