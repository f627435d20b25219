package dev.weft.ca;

import dev.weft.identity.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A fresh key and the proof that we hold it. The request names nobody: who we are is the authority's finding, by the credential.
 *
 * @param key EC on P-256; never leaves the process but for the identity cache
 * @param pem PKCS #10
 */
record CertificateRequest(PrivateKey key, String pem) {

    static CertificateRequest make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] der = new JcaPKCS10CertificationRequestBuilder(new X500Principal(""), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            return new CertificateRequest(keys.getPrivate(), Pem.writeRequest(der));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("this Java platform makes no EC keys on P-256: " + e.getMessage(), e);
        }
    }

    /** No key. */
    @Override
    public String toString() {
        return "CertificateRequest";
    }
}
