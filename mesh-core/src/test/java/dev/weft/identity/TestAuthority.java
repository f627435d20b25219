package dev.weft.identity;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
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

/** A CA for tests: a root and what it signs. Certificates are good unless a test says otherwise. */
public final class TestAuthority {
    public static final String REVIEWS = "spiffe://cluster.local/ns/default/sa/reviews";
    public static final String PRODUCTPAGE = "spiffe://cluster.local/ns/default/sa/productpage";
    private static final AtomicLong serials = new AtomicLong(1);

    public final X509Certificate certificate;
    private final KeyPair keys;
    private final List<X509Certificate> chain;
    private final long now;

    private TestAuthority(X509Certificate certificate, KeyPair keys, List<X509Certificate> chain, long now) {
        this.certificate = certificate;
        this.keys = keys;
        this.chain = chain;
        this.now = now;
    }

    public static TestAuthority root(String name) {
        return root(name, System.currentTimeMillis());
    }

    /** In another time: of a manual world. */
    public static TestAuthority root(String name, long nowMillis) {
        KeyPair keys = keys("EC");
        X509Certificate root = sign(ca(name, name, keys, nowMillis), keys);
        return new TestAuthority(root, keys, List.of(), nowMillis);
    }

    public TestAuthority intermediate(String name) {
        KeyPair made = keys("EC");
        X509Certificate signed = sign(ca(name, subject(), made, now), keys);
        List<X509Certificate> below = new ArrayList<>(List.of(signed));
        below.addAll(chain);
        return new TestAuthority(signed, made, below, now);
    }

    /** This authority's key, certified by another: what a new root shows to those who know only the old one. */
    X509Certificate crossSignedBy(TestAuthority other) {
        return sign(ca(subject(), other.subject(), keys, now), other.keys);
    }

    public TrustBundle bundle() {
        return TrustBundle.of("cluster.local", List.of(certificate));
    }

    public Identity identity(String spiffeId, long epoch) {
        return new Identity(leaf().uri(spiffeId).svid(), bundle(), epoch);
    }

    public Leaf leaf() {
        return new Leaf();
    }

    private String subject() {
        return certificate.getSubjectX500Principal().getName();
    }

    public static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(256);
            }
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JcaX509v3CertificateBuilder ca(String name, String issuer, KeyPair keys, long now) {
        try {
            JcaX509v3CertificateBuilder builder =
                    builder(name, issuer, keys.getPublic(), now - 86_400_000L, 30 * 86_400_000L);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return builder;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            String name, String issuer, PublicKey key, long from, long millis) {
        return new JcaX509v3CertificateBuilder(
                new X500Principal(name(issuer)),
                BigInteger.valueOf(serials.getAndIncrement()),
                new Date(from),
                new Date(from + millis),
                new X500Principal(name(name)),
                key);
    }

    private static String name(String name) {
        return name.isEmpty() || name.startsWith("CN=") ? name : "CN=" + name;
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair keys) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A workload's certificate in the making. */
    public final class Leaf {
        private final List<GeneralName> names = new ArrayList<>();
        private long from = now - 60_000;
        private long millis = 3_600_000;
        private boolean isCa;
        private boolean critical = true;
        private int usage = KeyUsage.digitalSignature;
        private List<String> purposes = List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        private String algorithm = "EC";

        public Leaf uri(String text) {
            return name(GeneralName.uniformResourceIdentifier, text);
        }

        public Leaf dns(String text) {
            return name(GeneralName.dNSName, text);
        }

        private Leaf name(int type, String text) {
            names.add(new GeneralName(type, new DERIA5String(text)));
            return this;
        }

        public Leaf from(long epochMillis, long validMillis) {
            from = epochMillis;
            millis = validMillis;
            return this;
        }

        /** With a subject, and names that a reader may pass over. */
        Leaf uncritical() {
            critical = false;
            return this;
        }

        Leaf ca() {
            isCa = true;
            return this;
        }

        /** @param bits of {@link KeyUsage}; 0 leaves the extension out */
        public Leaf usage(int bits) {
            usage = bits;
            return this;
        }

        public Leaf purposes(String... oids) {
            purposes = List.of(oids);
            return this;
        }

        Leaf algorithm(String name) {
            algorithm = name;
            return this;
        }

        public Svid svid() {
            KeyPair pair = keys(algorithm);
            return Svid.of(chain(pair), pair.getPrivate());
        }

        X509Certificate[] chain() {
            return chain(keys(algorithm)).toArray(new X509Certificate[0]);
        }

        /** What somebody uses who keeps to none of our rules. */
        KeyManager[] hostile() {
            try {
                KeyPair pair = keys(algorithm);
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry(
                        "key", pair.getPrivate(), new char[0], chain(pair).toArray(new X509Certificate[0]));
                KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
                factory.init(store, new char[0]);
                return factory.getKeyManagers();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private List<X509Certificate> chain(KeyPair pair) {
            return chain(pair.getPublic());
        }

        /** Of somebody else's key, as an authority gives it. */
        public List<X509Certificate> chain(PublicKey key) {
            List<X509Certificate> all = new ArrayList<>(List.of(certificate(key)));
            all.addAll(chain);
            return all;
        }

        private X509Certificate certificate(PublicKey key) {
            try {
                JcaX509v3CertificateBuilder builder =
                        builder(names.isEmpty() || !critical ? "workload" : "", subject(), key, from, millis);
                if (!names.isEmpty()) {
                    // Critical, as RFC 5280 wants it of a certificate without subject.
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            critical,
                            new GeneralNames(names.toArray(new GeneralName[0])));
                }
                if (isCa) {
                    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
                }
                if (usage != 0) {
                    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
                }
                if (!purposes.isEmpty()) {
                    builder.addExtension(
                            Extension.extendedKeyUsage,
                            false,
                            new ExtendedKeyUsage(purposes.stream()
                                    .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                                    .toArray(KeyPurposeId[]::new)));
                }
                return sign(builder, keys);
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
