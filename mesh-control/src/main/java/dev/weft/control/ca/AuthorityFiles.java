package dev.weft.control.ca;

import dev.weft.identity.KeyPairs;
import dev.weft.identity.Pem;
import dev.weft.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One root's directory: {@code root.pem}, {@code root.key} unless it is kept elsewhere, {@code signing.pem}, {@code signing.key}.
 * Written once, before the state names it.
 */
record AuthorityFiles(Path directory, @Nullable String passphrase) {

    void save(SigningAuthority authority) throws IOException {
        PrivateFiles.directory(directory);
        PrivateFiles.write(directory.resolve("root.pem"), Pem.write(List.of(authority.root())));
        PrivateKey rootKey = authority.rootKey();
        if (rootKey != null) {
            PrivateFiles.write(directory.resolve("root.key"), KeyPem.write(rootKey, passphrase));
        }
        List<X509Certificate> signing = new ArrayList<>(authority.intermediates());
        if (signing.isEmpty()) {
            signing.add(authority.root());
        }
        PrivateFiles.write(directory.resolve("signing.key"), KeyPem.write(authority.key(), passphrase));
        PrivateFiles.write(directory.resolve("signing.pem"), Pem.write(signing));
    }

    SigningAuthority load() throws IOException {
        X509Certificate root = certificates(directory.resolve("root.pem")).get(0);
        Path rootKeyFile = directory.resolve("root.key");
        PrivateKey rootKey = Files.exists(rootKeyFile) ? key(rootKeyFile) : null;
        return checked(
                root,
                rootKey,
                certificates(directory.resolve("signing.pem")),
                key(directory.resolve("signing.key")),
                directory);
    }

    /** Reads a directory as Istio's {@code cacerts} has it. */
    static SigningAuthority broughtAlong(Path directory, @Nullable String passphrase) throws IOException {
        Path rootFile = directory.resolve("root-cert.pem");
        List<X509Certificate> roots = certificates(rootFile);
        if (roots.size() != 1) {
            throw new IOException(rootFile + ": holds " + roots.size() + " certificates, one root was expected");
        }
        List<X509Certificate> signing = new ArrayList<>(certificates(directory.resolve("ca-cert.pem")));
        Path chain = directory.resolve("cert-chain.pem");
        if (Files.exists(chain)) {
            signing.addAll(certificates(chain));
        }
        List<X509Certificate> distinct = signing.stream().distinct().toList();
        Path keyFile = directory.resolve("ca-key.pem");
        PrivateKey key = KeyPem.read(PrivateFiles.read(keyFile), passphrase, keyFile.toString());
        return checked(roots.get(0), null, distinct, key, directory);
    }

    private static SigningAuthority checked(
            X509Certificate root,
            @Nullable PrivateKey rootKey,
            List<X509Certificate> signing,
            PrivateKey key,
            Path place)
            throws IOException {
        List<X509Certificate> intermediates = signing.stream()
                .filter(certificate -> !certificate.equals(root))
                .toList();
        SigningAuthority authority = new SigningAuthority(root, rootKey, intermediates, key);
        if (!belong(key, authority.signer(), place)) {
            throw new IOException(place + ": the signing key does not belong to the signing certificate");
        }
        if (rootKey != null && !belong(rootKey, root, place)) {
            throw new IOException(place + ": the root's key does not belong to the root");
        }
        List<X509Certificate> path = new ArrayList<>(intermediates);
        path.add(root);
        for (int i = 0; i < path.size(); i++) {
            X509Certificate issuer = path.get(Math.min(i + 1, path.size() - 1));
            checkIssued(path.get(i), issuer.getPublicKey(), place);
        }
        return authority;
    }

    private static boolean belong(PrivateKey key, X509Certificate certificate, Path place) throws IOException {
        try {
            return KeyPairs.belongTogether(certificate.getPublicKey(), key);
        } catch (IllegalArgumentException e) {
            throw new IOException(place + ": " + e.getMessage(), e);
        }
    }

    private static void checkIssued(X509Certificate certificate, PublicKey issuer, Path place) throws IOException {
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0 || usage != null && !usage[5]) {
            throw new IOException(place + ": " + certificate.getSubjectX500Principal()
                    + " may not sign certificates, an authority's was expected");
        }
        try {
            certificate.verify(issuer);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    place + ": " + certificate.getSubjectX500Principal()
                            + " is not signed by the next certificate of its chain",
                    e);
        }
    }

    private PrivateKey key(Path file) throws IOException {
        return KeyPem.read(PrivateFiles.read(file), passphrase, file.toString());
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        try {
            return Pem.certificates(Files.readString(file), file.toString());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
