package dev.weft;

import dev.weft.identity.IdentitySource;
import java.nio.file.Path;
import java.util.Map;

/** How a mesh gets its first credential. Which identity that is for is in the credential. */
public sealed interface Trust {

    /** No credential and no identity: plaintext to the control plane, wherever it is. Calls to hosts that demand TLS are refused. */
    static Trust none() {
        return None.NONE;
    }

    /** A token from {@code meshctl token create}: good once, after that certificates renew each other. The file is 0600. */
    static Trust joinToken(Path file) {
        return new Told(Map.of("trust.join-token-file", file.toString()));
    }

    /**
     * A service account token that the platform keeps fresh, read anew at each use. The control plane's roots are expected where
     * Istio's pods have them, {@code /var/run/secrets/istio/root-cert.pem}.
     */
    static Trust jwtFile(Path file) {
        return new Told(Map.of("trust.jwt-file", file.toString()));
    }

    /** As above, with the roots of the control plane in PEM. */
    static Trust jwtFile(Path file, Path roots) {
        return new Told(Map.of("trust.jwt-file", file.toString(), "trust.ca-file", roots.toString()));
    }

    /**
     * A certificate that somebody else keeps. Looked at every 5 s; when the files change they are taken over together, once they
     * belong together.
     *
     * @param certificate chain in PEM, the leaf first
     * @param key of the leaf: PKCS #8 in PEM, 0600
     * @param roots of the mesh, in PEM
     */
    static Trust files(Path certificate, Path key, Path roots) {
        return new Told(Map.of(
                "trust.cert-file", certificate.toString(),
                "trust.key-file", key.toString(),
                "trust.ca-file", roots.toString()));
    }

    /** What {@code mesh-control serve} left there for the processes of its user; over loopback only. */
    static Trust localToken(Path file) {
        return new Told(Map.of("trust.local-token-file", file.toString()));
    }

    /**
     * An identity that the application looks after itself: from SPIRE, from a test. It is used for calls and servers; the stream to
     * the control plane is opened when it is there.
     */
    static Trust of(IdentitySource source) {
        return new Given(source);
    }

    /** See {@link #of}. */
    record Given(IdentitySource source) implements Trust {}

    /**
     * What settings can say too.
     *
     * @param settings by their names below {@code mesh.}
     */
    record Told(Map<String, String> settings) implements Trust {
        public Told {
            settings = Map.copyOf(settings);
        }
    }

    /** See {@link #none()}. */
    enum None implements Trust {
        NONE
    }
}
