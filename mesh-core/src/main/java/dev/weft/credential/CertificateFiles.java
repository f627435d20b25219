package dev.weft.credential;

import dev.weft.identity.Identity;
import dev.weft.identity.PeerRefusedException;
import dev.weft.identity.Pem;
import dev.weft.identity.PrivateFiles;
import dev.weft.identity.Svid;
import dev.weft.identity.TrustBundle;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A certificate that somebody else keeps: cert-manager, SPIRE's helper, an operator.
 *
 * @param certificate chain in PEM, the leaf first
 * @param key of the leaf, PKCS #8 in PEM
 * @param roots of the mesh, in PEM
 */
public record CertificateFiles(Path certificate, Path key, Path roots) {
    private static final int MAX_BYTES = 1 << 20;

    /** What is in the files, as one. */
    record Texts(String certificate, String key, String roots) {
        /** No secret. */
        @Override
        public String toString() {
            return "Texts";
        }
    }

    /** Fails if a file cannot be read or is not private. */
    Texts texts() throws CredentialException {
        String remedy = "certificate chain, key and roots belong there, in PEM";
        try {
            String problem = PrivateFiles.problemOfMounted(key);
            if (problem != null) {
                throw new CredentialException(
                        "key " + key + " is not used: " + problem, "chmod 600, in Kubernetes defaultMode: 0440");
            }
        } catch (IOException e) {
            throw new CredentialException("key " + key + " cannot be read", remedy);
        }
        return new Texts(
                FileText.read(certificate, "certificate", MAX_BYTES, remedy),
                FileText.read(key, "key", MAX_BYTES, remedy),
                FileText.read(roots, "root certificates", MAX_BYTES, remedy));
    }

    /** Fails if what was read does not belong together, or is out of its time. */
    Identity identity(Texts texts, long epoch, Ticker ticker) throws CredentialException {
        try {
            Svid svid = Svid.of(
                    Pem.certificates(texts.certificate(), certificate.toString()),
                    Pem.privateKey(texts.key(), key.toString()));
            Identity identity = new Identity(
                    svid,
                    TrustBundle.of(
                            svid.id().trustDomain(), List.copyOf(Pem.certificates(texts.roots(), roots.toString()))),
                    epoch);
            identity.check(ticker);
            return identity;
        } catch (IllegalArgumentException | PeerRefusedException e) {
            throw new CredentialException(
                    this + " cannot be used: " + e.getMessage(), "put a certificate, its key and its roots there");
        }
    }

    /** What is there now; fails if it cannot be used. */
    public Identity read(Ticker ticker) throws CredentialException {
        return identity(texts(), 1, ticker);
    }

    @Override
    public String toString() {
        return "certificate files " + certificate + ", " + key + " and " + roots;
    }
}
