package dev.weft.http.identity;

import dev.weft.identity.Identity;
import dev.weft.identity.Svid;
import dev.weft.identity.TrustBundle;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root and the good certificates that it issues; bad ones are the matter of mesh-core's tests. */
final class Workloads {
    private static final AtomicLong serials = new AtomicLong(1);
    private static final long HOUR = 3_600_000;

    final X509Certificate root;
    private final KeyPair rootKeys = keys();

    Workloads() throws Exception {
        JcaX509v3CertificateBuilder builder = builder("CN=root", rootKeys, 240 * HOUR);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        root = sign(builder);
    }

    Identity identity(String spiffeId, long epoch) throws Exception {
        return identity(spiffeId, epoch, root);
    }

    Identity identity(String spiffeId, long epoch, X509Certificate... believed) throws Exception {
        return identity(spiffeId, epoch, HOUR, believed);
    }

    Identity identity(String spiffeId, long epoch, long validMillis, X509Certificate... believed) throws Exception {
        KeyPair keys = keys();
        JcaX509v3CertificateBuilder builder = builder("", keys, validMillis);
        builder.addExtension(
                Extension.subjectAlternativeName,
                true,
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, spiffeId)));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
        Svid svid = Svid.of(List.of(sign(builder)), keys.getPrivate());
        return new Identity(svid, TrustBundle.of("cluster.local", List.of(believed)), epoch);
    }

    private X509Certificate sign(JcaX509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(rootKeys.getPrivate())));
    }

    private static JcaX509v3CertificateBuilder builder(String subject, KeyPair keys, long validMillis) {
        long from = System.currentTimeMillis() - HOUR;
        return new JcaX509v3CertificateBuilder(
                new X500Principal("CN=root"),
                BigInteger.valueOf(serials.getAndIncrement()),
                new Date(from),
                new Date(from + HOUR + validMillis),
                new X500Principal(subject),
                keys.getPublic());
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
