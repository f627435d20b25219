package dev.weft.ca;

import dev.weft.identity.Identity;
import dev.weft.identity.PeerRefusedException;
import dev.weft.identity.Pem;
import dev.weft.identity.Subject;
import dev.weft.identity.Svid;
import dev.weft.identity.TrustBundle;
import dev.weft.runtime.Ticker;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What an authority sent, judged before anybody uses it: our key, our identity, a chain that other members of the mesh would
 * accept. Elements are PEM: the leaf, then intermediates, and in the last one all roots.
 */
final class CertificateAnswer {
    private static final int MAX_ELEMENTS = 16;
    private static final int MAX_CHARS = 1 << 20;

    private CertificateAnswer() {}

    /** @throws AuthorityException that says what is wrong with it */
    static Identity read(List<String> elements, PrivateKey key, Subject expected, long epoch, Ticker ticker)
            throws AuthorityException {
        if (elements.size() < 2 || elements.size() > MAX_ELEMENTS) {
            throw bad("it has " + elements.size() + " elements; 2 to " + MAX_ELEMENTS
                    + " were expected: the certificate, intermediates, and last the roots");
        }
        if (elements.stream().mapToLong(String::length).sum() > MAX_CHARS) {
            throw bad("it has more than " + MAX_CHARS + " characters");
        }
        try {
            List<X509Certificate> roots = List.copyOf(new LinkedHashSet<>(
                    Pem.certificates(elements.get(elements.size() - 1), "the last element, the roots,")));
            List<X509Certificate> chain = new ArrayList<>();
            for (int i = 0; i < elements.size() - 1; i++) {
                chain.addAll(Pem.certificates(elements.get(i), "element " + i));
            }
            // Who shows a root with its chain helps nobody: peers have it, or do not believe it.
            chain.removeIf(roots::contains);
            Svid svid = Svid.of(chain, key);
            if (!expected.is(svid.id())) {
                throw bad("it is for " + svid.id() + "; " + expected + " was expected");
            }
            Identity identity = new Identity(svid, TrustBundle.of(svid.id().trustDomain(), roots), epoch);
            identity.check(ticker);
            return identity;
        } catch (IllegalArgumentException | PeerRefusedException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private static AuthorityException bad(String what) {
        return new AuthorityException(AuthorityException.Kind.BAD_ANSWER, "the answer is not used: " + what);
    }
}
