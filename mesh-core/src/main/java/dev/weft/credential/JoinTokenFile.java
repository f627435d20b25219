package dev.weft.credential;

import dev.weft.identity.Anchors;
import dev.weft.identity.PrivateFiles;
import dev.weft.identity.SpiffeId;
import dev.weft.identity.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A token from {@code meshctl token create}: good once, for one identity. It carries the fingerprint of the control plane's root. The
 * file may hold another one later, for the same identity.
 */
public final class JoinTokenFile implements Credential {
    private static final String WHAT = "join token";
    private static final String PREFIX = "weft1.";
    private static final int MAX_BYTES = 4096;

    private final Path file;
    private final Subject subject;

    private JoinTokenFile(Path file, Subject subject) {
        this.file = file;
        this.subject = subject;
    }

    /** Fails if there is no token that looks good. */
    public static JoinTokenFile of(Path file) throws CredentialException {
        return new JoinTokenFile(file, read(file).subject());
    }

    /** When it ends is the authority's affair, whose clock counts. */
    private record Token(String text, Subject subject, Anchors.Pin pin) {
        /** No secret. */
        @Override
        public String toString() {
            return "Token[" + subject + "]";
        }
    }

    private static Token read(Path file) throws CredentialException {
        String remedy = "`meshctl token create --identity <namespace>/<service account>` makes one; write it there";
        String text = FileText.read(file, WHAT, MAX_BYTES, remedy);
        try {
            String problem = PrivateFiles.problemOfMounted(file);
            if (problem != null) {
                throw new CredentialException(
                        WHAT + " " + file + " is not used: " + problem, "chmod 600, in Kubernetes defaultMode: 0440");
            }
            if (!text.startsWith(PREFIX)) {
                throw new IllegalArgumentException("it does not begin with " + PREFIX);
            }
            Json token = Json.decode(text.substring(PREFIX.length()));
            SpiffeId identity = SpiffeId.parse(token.text("identity"));
            token.text("id");
            token.text("secret");
            return new Token(text, Subject.of(identity), new Anchors.Pin(identity.trustDomain(), token.text("pin")));
        } catch (IllegalArgumentException e) {
            throw new CredentialException(WHAT + " " + file + " is none: " + e.getMessage(), remedy);
        } catch (IOException e) {
            throw new CredentialException(
                    WHAT + " " + file + " is none (" + e.getClass().getSimpleName() + ")", remedy);
        }
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public Presented present() throws CredentialException {
        Token token = read(file);
        if (!token.subject().equals(subject)) {
            throw new CredentialException(
                    WHAT + " " + file + " is for " + token.subject() + " now, and this process is " + subject,
                    "write a token for this identity there, or restart the process");
        }
        return new Presented(token.text(), token.pin());
    }

    @Override
    public boolean reusable() {
        return false;
    }

    /** A token is good once: whoever restarts without a kept identity needs another. */
    @Override
    public String remedy() {
        return "make another one, `meshctl token create --identity " + subject.namespace() + "/"
                + subject.serviceAccount() + "`, and write it to " + file
                + " (it is taken up without a restart); mesh.trust.cache: true keeps the certificate over restarts";
    }

    @Override
    public String toString() {
        return WHAT + " " + file + (Files.exists(file) ? "" : " (not there any more)");
    }
}
