package dev.weft.credential;

import com.nimbusds.jwt.SignedJWT;
import dev.weft.identity.Anchors;
import dev.weft.identity.Pem;
import dev.weft.identity.Subject;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JWT of the platform, such as the token that Kubernetes mounts and replaces, beside the roots of the control plane. The token is
 * not verified here: the authority does that.
 */
public final class JwtFile implements Credential {
    /** Where Istio's pods have it. */
    public static final String ISTIO_TOKEN = "var/run/secrets/tokens/istio-token";

    /** Where Istio's pods have the roots of istiod. */
    public static final String ISTIO_ROOTS = "var/run/secrets/istio/root-cert.pem";

    private static final String WHAT = "JWT";
    private static final int MAX_TOKEN = 16 << 10;
    private static final int MAX_ROOTS = 1 << 20;
    private static final Pattern SUBJECT = Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");
    private static final String REMEDY =
            "mount a service account token with the control plane's audience there, and see that its issuer is known to the"
                    + " control plane";

    private final Path file;
    private final Path roots;
    private final Subject subject;

    private JwtFile(Path file, Path roots, Subject subject) {
        this.file = file;
        this.roots = roots;
        this.subject = subject;
    }

    /** Fails if there is no token that names a service account, or no root. */
    public static JwtFile of(Path file, Path roots) throws CredentialException {
        readRoots(roots);
        return new JwtFile(file, roots, subject(file, FileText.read(file, WHAT, MAX_TOKEN, REMEDY)));
    }

    private static Subject subject(Path file, String text) throws CredentialException {
        String problem;
        try {
            @Nullable String said = SignedJWT.parse(text).getJWTClaimsSet().getSubject();
            Matcher parts = SUBJECT.matcher(said == null ? "" : said);
            if (parts.matches()) {
                return new Subject(null, parts.group(1), parts.group(2));
            }
            problem = "names no service account: its sub is not of the form system:serviceaccount:NAMESPACE:NAME";
        } catch (ParseException e) {
            problem = "is no signed JWT";
        } catch (IllegalArgumentException e) {
            problem = "names a service account that cannot be an identity";
        }
        throw new CredentialException(WHAT + " " + file + " " + problem, REMEDY);
    }

    private static Anchors readRoots(Path file) throws CredentialException {
        String remedy = "the control plane's root certificates belong there, in PEM";
        String text = FileText.read(file, "root certificates", MAX_ROOTS, remedy);
        try {
            return new Anchors.Roots(null, Pem.certificates(text, file.toString()));
        } catch (IllegalArgumentException e) {
            throw new CredentialException(String.valueOf(e.getMessage()), remedy);
        }
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public Presented present() throws CredentialException {
        String text = FileText.read(file, WHAT, MAX_TOKEN, REMEDY);
        Subject now = subject(file, text);
        if (!now.equals(subject)) {
            throw new CredentialException(
                    WHAT + " " + file + " is for " + now + " now, and this process is " + subject,
                    "restart the process");
        }
        return new Presented(text, readRoots(roots));
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
