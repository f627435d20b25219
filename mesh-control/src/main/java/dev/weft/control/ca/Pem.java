package dev.weft.control.ca;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as PEM. */
final class Pem {
    /** Used where it is named, and installed nowhere: a process has one list of providers, and it is not ours. */
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** What OWASP recommends for PBKDF2 with SHA-256; a key file is opened once a start. */
    private static final int ITERATIONS = 600_000;

    private Pem() {}

    static String certificates(List<X509Certificate> certificates) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter out = new JcaPEMWriter(text)) {
            for (X509Certificate certificate : certificates) {
                out.writeObject(new X509CertificateHolder(certificate.getEncoded()));
            }
        } catch (IOException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read or made can be written", e);
        }
        return text.toString();
    }

    /**
     * All certificates of a text, in order.
     *
     * @param place for the error message
     */
    static List<X509Certificate> readCertificates(String text, String place) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        try (PEMParser in = new PEMParser(new StringReader(text))) {
            for (Object next = in.readObject(); next != null; next = in.readObject()) {
                if (!(next instanceof X509CertificateHolder holder)) {
                    throw new IOException(
                            place + ": holds something else than certificates, expected PEM certificates");
                }
                certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
            }
        } catch (PEMException | CertificateException | RuntimeException e) {
            throw new IOException(place + ": is no PEM certificate: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IOException(place + ": holds no certificate, expected at least one in PEM");
        }
        return certificates;
    }

    /** PKCS #8; encrypted by AES-256 if there is a passphrase. */
    static String key(PrivateKey key, @Nullable String passphrase) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter out = new JcaPEMWriter(text)) {
            OutputEncryptor encryptor = passphrase == null
                    ? null
                    : new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                            .setProvider(BOUNCY_CASTLE)
                            .setPRF(PKCS8Generator.PRF_HMACSHA256)
                            .setIterationCount(ITERATIONS)
                            .setPassword(passphrase.toCharArray())
                            .build();
            out.writeObject(new JcaPKCS8Generator(key, encryptor));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("a key that was read or made can be written", e);
        }
        return text.toString();
    }

    /** Reads PKCS #8, plain or encrypted, and OpenSSL's traditional form. */
    static PrivateKey readKey(String text, @Nullable String passphrase, String place) throws IOException {
        try (PEMParser in = new PEMParser(new StringReader(text))) {
            Object found = in.readObject();
            while (found instanceof org.bouncycastle.asn1.ASN1ObjectIdentifier) {
                // openssl writes the curve's name before the key
                found = in.readObject();
            }
            if (found instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                if (passphrase == null) {
                    throw new IOException(place + ": the key is encrypted, a passphrase was expected");
                }
                found = encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                        .setProvider(BOUNCY_CASTLE)
                        .build(passphrase.toCharArray()));
            }
            if (found instanceof PEMKeyPair pair) {
                found = pair.getPrivateKeyInfo();
            }
            if (found instanceof PrivateKeyInfo info) {
                return new JcaPEMKeyConverter().getPrivateKey(info);
            }
            throw new IOException(place + ": holds no private key, expected PKCS #8 in PEM");
        } catch (PKCSException e) {
            throw new IOException(place + ": the passphrase does not open the key", e);
        } catch (OperatorCreationException | RuntimeException e) {
            throw new IOException(place + ": is no private key that can be used: " + e.getMessage(), e);
        }
    }
}
