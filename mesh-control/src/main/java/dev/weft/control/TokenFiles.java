package dev.weft.control;

import dev.weft.control.access.LocalToken;
import dev.weft.control.access.OperatorTokens;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that a control plane leaves for the user who runs it, in files of mode 0600: one for his services, one for his {@code
 * meshctl}. Written anew when another root signs, since they name it, and taken away at the end. Thread-safe.
 */
final class TokenFiles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TokenFiles.class);

    private final CertificateAuthority authority;
    private final @Nullable LocalToken local;
    private final OperatorTokens operators;
    private final @Nullable Path operatorFile;
    private final int plaintextPort;
    private final int tlsPort;
    private final String target;
    private final Runnable unsubscribe;
    /** Guarded by this. */
    private String written = "";

    private TokenFiles(
            CertificateAuthority authority,
            @Nullable LocalToken local,
            OperatorTokens operators,
            @Nullable Path operatorFile,
            int plaintextPort,
            int tlsPort,
            String target) {
        this.authority = authority;
        this.local = local;
        this.operators = operators;
        this.operatorFile = operatorFile;
        this.plaintextPort = plaintextPort;
        this.tlsPort = tlsPort;
        this.target = target;
        this.unsubscribe = authority.onRootsChange(this::writeAgain);
    }

    /**
     * Writes the files.
     *
     * @param local the services' token, or null for none
     * @param operatorFile where the operator's goes, or null for none
     * @param plaintextPort 0 if there is none
     * @param target {@code HOST:PORT} of the TLS port
     */
    static TokenFiles write(
            CertificateAuthority authority,
            @Nullable LocalToken local,
            OperatorTokens operators,
            @Nullable Path operatorFile,
            int plaintextPort,
            int tlsPort,
            String target)
            throws IOException {
        TokenFiles files = new TokenFiles(authority, local, operators, operatorFile, plaintextPort, tlsPort, target);
        files.write();
        return files;
    }

    private synchronized void write() throws IOException {
        String pin = authority.rootPin();
        if (local != null) {
            // No other process knows the secret, so its time is over when this one ends; the root's end is only the
            // latest.
            long expires = authority.trustedRoots().get(0).expires().getEpochSecond();
            local.write(new LocalToken.Facts(pin, authority.trustDomain(), plaintextPort, tlsPort, expires));
        }
        if (operatorFile != null) {
            written = operators.own(pin, target).encoded() + "\n";
            PrivateFiles.write(operatorFile, written);
        }
    }

    private void writeAgain() {
        try {
            write();
        } catch (IOException e) {
            log.error(
                    "the tokens for this machine cannot be written with the new root: {}; services that start here now"
                            + " are refused",
                    e.toString());
        }
    }

    /** Takes them away, unless another control plane has written its own in the meantime. */
    @Override
    public synchronized void close() throws IOException {
        unsubscribe.run();
        if (local != null) {
            local.remove();
        }
        if (operatorFile != null
                && Files.exists(operatorFile)
                && Files.readString(operatorFile).equals(written)) {
            Files.delete(operatorFile);
        }
    }
}
