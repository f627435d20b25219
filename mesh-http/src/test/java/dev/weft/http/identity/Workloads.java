package dev.weft.http.identity;

import dev.weft.identity.Identity;
import dev.weft.identity.Svid;
import dev.weft.identity.TrustBundle;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
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

/** A root and what it issues: good certificates for workloads, and whatever else a test asks for. */
public final class Workloads {
    private static final AtomicLong serials = new AtomicLong(1);
    private static final long HOUR = 3_600_000;

    public final X509Certificate root;
    private final KeyPair rootKeys = keys();
    private final long now;

    public Workloads() throws Exception {
        this(System.currentTimeMillis());
    }

    /** @param now by the clock of those who will look at the certificates */
    public Workloads(long now) throws Exception {
        this.now = now;
        JcaX509v3CertificateBuilder builder = builder("CN=root", rootKeys, now - HOUR, now + 240 * HOUR);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        root = sign(builder);
    }

    public Identity identity(String spiffeId, long epoch) throws Exception {
        return identity(spiffeId, epoch, root);
    }

    public Identity identity(String spiffeId, long epoch, X509Certificate... believed) throws Exception {
        return identity(spiffeId, epoch, HOUR, believed);
    }

    /** @param validMillis from the clock's start; negative: it is over */
    public Identity identity(String spiffeId, long epoch, long validMillis, X509Certificate... believed)
            throws Exception {
        Leaf leaf = leaf().uri(spiffeId).valid(-HOUR, validMillis);
        return new Identity(
                Svid.of(leaf.chain(), leaf.key()), TrustBundle.of("cluster.local", List.of(believed)), epoch);
    }

    public Leaf leaf() throws Exception {
        return new Leaf();
    }

    private X509Certificate sign(JcaX509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(rootKeys.getPrivate())));
    }

    private static JcaX509v3CertificateBuilder builder(String subject, KeyPair keys, long from, long until) {
        return new JcaX509v3CertificateBuilder(
                new X500Principal("CN=root"),
                BigInteger.valueOf(serials.getAndIncrement()),
                new Date(from),
                new Date(until),
                new X500Principal(subject),
                keys.getPublic());
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    /** A certificate in the making: for both sides of TLS, without names, valid from an hour ago for an hour. */
    public final class Leaf {
        private final KeyPair keys = keys();
        private final List<GeneralName> names = new ArrayList<>();
        private long from = now - HOUR;
        private long until = now + HOUR;
        private int usage = KeyUsage.digitalSignature;
        private boolean ca;
        private boolean critical = true;
        private KeyPurposeId[] purposes = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};

        private Leaf() throws Exception {}

        public Leaf uri(String text) {
            return name(GeneralName.uniformResourceIdentifier, new DERIA5String(text));
        }

        public Leaf dns(String text) {
            return name(GeneralName.dNSName, new DERIA5String(text));
        }

        public Leaf ip(byte... address) {
            return name(GeneralName.iPAddress, new DEROctetString(address));
        }

        private Leaf name(int kind, ASN1Encodable value) {
            names.add(new GeneralName(kind, value));
            return this;
        }

        public Leaf valid(long fromMillis, long untilMillis) {
            from = now + fromMillis;
            until = now + untilMillis;
            return this;
        }

        public Leaf withoutKeyUsage() {
            usage = 0;
            return this;
        }

        public Leaf clientOnly() {
            purposes = new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
            return this;
        }

        /** With a subject, and names that the JDK passes over where it cannot read them. */
        public Leaf uncritical() {
            critical = false;
            return this;
        }

        public Leaf ca() {
            ca = true;
            return this;
        }

        public PrivateKey key() {
            return keys.getPrivate();
        }

        public List<X509Certificate> chain() throws Exception {
            JcaX509v3CertificateBuilder builder = builder(critical ? "" : "CN=workload", keys, from, until);
            if (!names.isEmpty()) {
                // Critical, as RFC 5280 wants it of a certificate without subject.
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        critical,
                        new GeneralNames(names.toArray(new GeneralName[0])));
            }
            if (ca) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            if (usage != 0) {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            }
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            return List.of(sign(builder));
        }
    }
}
