package dev.weft.control.ca;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.Provider;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
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

/** An authority's keys as PEM, which may be encrypted; {@link dev.weft.identity.Pem} reads those of workloads. */
final class KeyPem {
    /** Used where it is named, and installed nowhere: a process has one list of providers, and it is not ours. */
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** What OWASP recommends for PBKDF2 with SHA-256; a key file is opened once a start. */
    private static final int ITERATIONS = 600_000;

    private KeyPem() {}

    /** PKCS #8; encrypted by AES-256 if there is a passphrase. */
    static String write(PrivateKey key, @Nullable String passphrase) {
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
    static PrivateKey read(String text, @Nullable String passphrase, String place) throws IOException {
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
