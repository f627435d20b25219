package dev.weft.tls;

import dev.weft.config.UpstreamTls.Files;
import dev.weft.identity.KeyPairs;
import dev.weft.identity.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What was in a set of files at one time.
 *
 * @param chain own, the leaf first; empty = none
 * @param key the leaf's
 * @param roots of the server; empty = the JVM's
 * @param epoch greater with each change
 * @param names of the files, for messages
 */
public record Certificates(
        List<X509Certificate> chain, @Nullable PrivateKey key, List<X509Certificate> roots, long epoch, Files names) {

    public static final Certificates NONE = new Certificates(List.of(), null, List.of(), 0, Files.NONE);

    /** More is no PEM file of ours; the reader of PEM takes no more either. */
    private static final long MAX_BYTES = 1 << 20;

    /** The texts of the three files, an absent one empty. */
    record Texts(String certificate, String key, String roots) {
        static Texts read(Files files) throws SSLException {
            return new Texts(
                    text("clientCertificate", files.clientCertificate()),
                    text("privateKey", files.privateKey()),
                    text("caCertificates", files.caCertificates()));
        }

        private static String text(String field, String file) throws SSLException {
            if (file.isEmpty()) {
                return "";
            }
            try {
                Path path = Path.of(file);
                if (java.nio.file.Files.size(path) > MAX_BYTES) {
                    throw new SSLException(field + " " + file + " has more than 1 MiB, expected PEM");
                }
                return java.nio.file.Files.readString(path);
            } catch (IOException | RuntimeException e) {
                if (e instanceof SSLException said) {
                    throw said;
                }
                throw new SSLException(
                        field + " " + file + " cannot be read (" + e.getClass().getSimpleName()
                                + "); a PEM file that this process may read was expected",
                        e);
            }
        }

        /** Without what is in them. */
        @Override
        public String toString() {
            return "Texts";
        }
    }

    static Certificates of(Files files, Texts texts, long epoch) throws SSLException {
        try {
            List<X509Certificate> roots = files.caCertificates().isEmpty()
                    ? List.of()
                    : Pem.certificates(texts.roots(), "caCertificates " + files.caCertificates());
            if (files.clientCertificate().isEmpty()) {
                return new Certificates(List.of(), null, roots, epoch, files);
            }
            List<X509Certificate> chain =
                    Pem.certificates(texts.certificate(), "clientCertificate " + files.clientCertificate());
            PrivateKey key = Pem.privateKey(texts.key(), "privateKey " + files.privateKey());
            if (!KeyPairs.belongTogether(chain.get(0).getPublicKey(), key)) {
                throw new SSLException("privateKey " + files.privateKey() + " does not belong to clientCertificate "
                        + files.clientCertificate() + "; the key of its first certificate was expected");
            }
            return new Certificates(chain, key, roots, epoch, files);
        } catch (IllegalArgumentException e) {
            throw new SSLException(e.getMessage(), e);
        }
    }

    /** An expired certificate is presented to nobody. */
    void checkTimes(long nowMillis) throws SSLException {
        for (X509Certificate certificate : chain) {
            if (nowMillis > certificate.getNotAfter().getTime()) {
                throw new SSLException("clientCertificate " + names.clientCertificate() + " expired at "
                        + certificate.getNotAfter().toInstant() + "; one that is valid at "
                        + Instant.ofEpochMilli(nowMillis) + " was expected");
            }
        }
    }

    @Override
    public String toString() {
        return names + " of epoch " + epoch;
    }
}
