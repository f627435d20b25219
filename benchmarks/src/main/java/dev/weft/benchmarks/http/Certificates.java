package dev.weft.benchmarks.http;

import dev.weft.identity.Identity;
import dev.weft.identity.Pem;
import dev.weft.identity.Svid;
import dev.weft.identity.TrustBundle;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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

/**
 * A root, and one certificate for each side, P-256 like the mesh's own.
 *
 * @param root of both
 * @param client identity, for calls with the mesh and without
 * @param server identity, with 127.0.0.1 for clients that compare host names
 */
record Certificates(X509Certificate root, Identity client, Identity server) {
    static final String SERVER = "spiffe://cluster.local/ns/default/sa/reviews";
    private static final String CLIENT = "spiffe://cluster.local/ns/default/sa/productpage";
    private static final long DAY = 86_400_000;
    private static final char[] PASSWORD = {};

    static Certificates make() throws Exception {
        KeyPair keys = keys();
        JcaX509v3CertificateBuilder builder = builder("CN=root", keys);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        X509Certificate root = sign(builder, keys);
        return new Certificates(root, identity(CLIENT, keys, root), identity(SERVER, keys, root));
    }

    private static Identity identity(String spiffeId, KeyPair rootKeys, X509Certificate root) throws Exception {
        KeyPair keys = keys();
        JcaX509v3CertificateBuilder builder = builder("", keys);
        builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.uniformResourceIdentifier, spiffeId),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        }));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
        Svid svid = Svid.of(List.of(sign(builder, rootKeys)), keys.getPrivate());
        return new Identity(svid, TrustBundle.of("cluster.local", List.of(root)), 1);
    }

    private static JcaX509v3CertificateBuilder builder(String subject, KeyPair keys) {
        long now = System.currentTimeMillis();
        return new JcaX509v3CertificateBuilder(
                new X500Principal("CN=root"),
                BigInteger.valueOf(System.nanoTime()),
                new Date(now - DAY),
                new Date(now + DAY),
                new X500Principal(subject),
                keys.getPublic());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair keys) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    /** For the server's process: a directory with its chain, its key and the root. */
    Path writeServers() throws Exception {
        Path directory = Files.createTempDirectory("weft-benchmark");
        Files.writeString(
                directory.resolve("chain.pem"), Pem.write(server.svid().chain()));
        Files.writeString(directory.resolve("key.pem"), Pem.write(server.svid().key()));
        Files.writeString(directory.resolve("root.pem"), Pem.write(List.of(root)));
        return directory;
    }

    /** BoringSSL, as the mesh's transport uses it. */
    SslContext nettyClient() throws Exception {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .keyManager(client.svid().key(), client.svid().chain())
                .trustManager(root)
                .build();
    }

    SSLContext jdkClient() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "client", client.svid().key(), PASSWORD, client.svid().chain().toArray(new X509Certificate[0]));
        store.setCertificateEntry("root", root);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
