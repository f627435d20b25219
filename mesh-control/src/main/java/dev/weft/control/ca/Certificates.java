package dev.weft.control.ca;

import dev.weft.identity.SpiffeId;
import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** Makes certificates: roots, intermediates, and those of workloads. */
final class Certificates {
    static final Duration ROOT_LIFE = Duration.ofDays(3650);
    static final Duration INTERMEDIATE_LIFE = Duration.ofDays(730);

    /** Two machines' clocks may differ by this; a certificate that is valid from now on would not be so at the peer. */
    static final Duration BACKDATE = Duration.ofMinutes(5);

    private static final SecureRandom DICE = new SecureRandom();

    private Certificates() {}

    static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), DICE);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /** A new root with an intermediate that signs for it. */
    static SigningAuthority newAuthority(String trustDomain, Instant now) {
        KeyPair rootKeys = newKeyPair();
        X500Name name = name(trustDomain, "Weft root " + HexFormat.of().toHexDigits(DICE.nextInt()));
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, serial(), from(now), Date.from(now.plus(ROOT_LIFE)), name, rootKeys.getPublic());
        X509Certificate root = authority(builder, rootKeys.getPublic(), rootKeys.getPublic(), rootKeys.getPrivate(), 1);
        return withNewIntermediate(trustDomain, root, rootKeys.getPrivate(), now);
    }

    static SigningAuthority withNewIntermediate(
            String trustDomain, X509Certificate root, PrivateKey rootKey, Instant now) {
        KeyPair keys = newKeyPair();
        Instant end = earlier(now.plus(INTERMEDIATE_LIFE), root.getNotAfter().toInstant());
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                root,
                serial(),
                from(now),
                Date.from(end),
                name(trustDomain, "Weft intermediate " + HexFormat.of().toHexDigits(DICE.nextInt())),
                keys.getPublic());
        X509Certificate intermediate = authority(builder, keys.getPublic(), root.getPublicKey(), rootKey, 0);
        return new SigningAuthority(root, rootKey, List.of(intermediate), keys.getPrivate());
    }

    private static X500Name name(String trustDomain, String common) {
        return new X500NameBuilder()
                .addRDN(BCStyle.O, trustDomain)
                .addRDN(BCStyle.CN, common)
                .build();
    }

    private static X509Certificate authority(
            X509v3CertificateBuilder builder, PublicKey subject, PublicKey issuer, PrivateKey key, int pathLength) {
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(subject));
            builder.addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuer));
            return sign(builder, key);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("extensions of our own can be encoded", e);
        }
    }

    /** A workload's: one URI name and no subject, for both ends of a connection. */
    static X509Certificate leaf(
            SigningAuthority by, PublicKey key, SpiffeId identity, List<String> otherNames, Instant now, Instant end) {
        try {
            X509Certificate signer = by.signer();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    X500Name.getInstance(signer.getSubjectX500Principal().getEncoded()),
                    serial(),
                    from(now),
                    Date.from(end),
                    new X500NameBuilder().build(),
                    key);
            List<GeneralName> names = new ArrayList<>();
            names.add(new GeneralName(GeneralName.uniformResourceIdentifier, identity.toString()));
            otherNames.forEach(name -> names.add(
                    new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name)));
            int usage = KeyUsage.digitalSignature | (key instanceof RSAPublicKey ? KeyUsage.keyEncipherment : 0);
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            // Critical because the subject is empty (RFC 5280, 4.2.1.6).
            builder.addExtension(
                    Extension.subjectAlternativeName, true, new GeneralNames(names.toArray(new GeneralName[0])));
            builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(signer.getPublicKey()));
            return sign(builder, by.key());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("extensions of our own can be encoded", e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
        try {
            String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("the authority's key cannot sign", e);
        }
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Date from(Instant now) {
        return Date.from(now.minus(BACKDATE));
    }

    /** 127 random bits and never zero. */
    private static BigInteger serial() {
        return new BigInteger(127, DICE).add(BigInteger.ONE);
    }
}
