package dev.weft.credential;

import dev.weft.identity.Anchors;
import dev.weft.identity.PrivateFiles;
import dev.weft.identity.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code mesh-control serve} leaves for the processes of its own user on its own machine: good over loopback, for any identity,
 * until that control plane ends. The next one writes another, which is taken up at the next use.
 */
public final class LocalTokenFile implements Credential {
    private static final String WHAT = "local token";
    private static final String PREFIX = "weft-local1.";
    private static final int MAX_BYTES = 4096;
    private static final String REMEDY = "start `mesh-control serve` as the same user; it writes that file";

    private final Path file;
    private final Subject subject;
    private final Token first;

    private LocalTokenFile(Path file, Subject subject, Token first) {
        this.file = file;
        this.subject = subject;
        this.first = first;
    }

    /** Fails if there is no token of this user that looks good. */
    public static LocalTokenFile of(Path file, String namespace, String serviceAccount) throws CredentialException {
        Token token = read(file);
        try {
            return new LocalTokenFile(file, new Subject(token.trustDomain(), namespace, serviceAccount), token);
        } catch (IllegalArgumentException e) {
            throw new CredentialException(WHAT + " " + file + " is none: " + e.getMessage(), REMEDY);
        }
    }

    private record Token(String secret, Anchors.Pin pin, String trustDomain, int plaintextPort, int tlsPort) {
        /** No secret. */
        @Override
        public String toString() {
            return "Token[" + trustDomain + ", ports " + plaintextPort + " and " + tlsPort + "]";
        }
    }

    private static Token read(Path file) throws CredentialException {
        String text = FileText.read(file, WHAT, MAX_BYTES, REMEDY);
        try {
            String problem = PrivateFiles.problem(file);
            if (problem != null) {
                throw new CredentialException(
                        WHAT + " " + file + " is not used: " + problem,
                        "remove it and start `mesh-control serve` again");
            }
            Json token = Json.parse(text);
            String domain = token.text("trustDomain");
            return new Token(
                    token.text("secret"),
                    new Anchors.Pin(domain, token.text("pin")),
                    domain,
                    Math.toIntExact(token.number("plaintextPort")),
                    Math.toIntExact(token.number("tlsPort")));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CredentialException(WHAT + " " + file + " is none: " + e.getMessage(), REMEDY);
        } catch (IOException e) {
            throw new CredentialException(WHAT + " " + file + " cannot be read", REMEDY);
        }
    }

    /** Whether the control plane that wrote it listens at that port, in plaintext or with TLS. */
    public boolean isOf(int port) {
        return port == first.plaintextPort() || port == first.tlsPort();
    }

    /** Where that control plane takes TLS. */
    public int tlsPort() {
        return first.tlsPort();
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public Presented present() throws CredentialException {
        Token token = read(file);
        if (!token.trustDomain().equals(first.trustDomain()) || token.tlsPort() != first.tlsPort()) {
            throw new CredentialException(
                    WHAT + " " + file + " is another control plane's now: trust domain " + token.trustDomain()
                            + ", TLS port "
                            + token.tlsPort() + "; this process was started for " + first.trustDomain() + " and "
                            + first.tlsPort(),
                    "restart the process");
        }
        String bearer = PREFIX + Json.encode(Map.of("secret", token.secret(), "identity", subject.toString()));
        return new Presented(bearer, token.pin());
    }

    @Override
    public boolean reusable() {
        return true;
    }

    @Override
    public String remedy() {
        return REMEDY;
    }

    @Override
    public String toString() {
        return WHAT + " " + file;
    }
}
