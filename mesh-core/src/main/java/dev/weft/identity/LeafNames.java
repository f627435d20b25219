package dev.weft.identity;

import dev.weft.identity.PeerRefusedException.Check;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one identity in a leaf. Names beside it (DNS, IP) may be there, but none may hold what another reader would cut short. */
final class LeafNames {
    /** RFC 5280 4.2.1.6: uniformResourceIdentifier. */
    private static final int URI = 6;

    private static final String EXTENSION = "2.5.29.17";
    private static final String EXPECTED =
            "exactly one URI name, a SPIFFE identity such as spiffe://cluster.local/ns/default/sa/reviews";
    private static final String TODO = "let the mesh's CA issue the certificate";

    private LeafNames() {}

    static SpiffeId identity(X509Certificate leaf) throws PeerRefusedException {
        List<String> uris = new ArrayList<>();
        for (List<?> name : alternatives(leaf)) {
            if (name.get(1) instanceof String text) {
                if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                    throw refused("the certificate has the name " + Shown.text(text) + " with a control character");
                }
                if (name.get(0).equals(URI)) {
                    uris.add(text);
                }
            }
        }
        if (uris.size() != 1) {
            throw refused(
                    uris.isEmpty()
                            ? "the certificate of " + Shown.certificate(leaf) + " has no URI name"
                            : "the certificate has " + uris.size() + " URI names: " + Shown.list(uris, Shown::text));
        }
        try {
            return SpiffeId.parse(uris.get(0));
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage())).initCause(e);
        }
    }

    private static Collection<List<?>> alternatives(X509Certificate leaf) throws PeerRefusedException {
        @Nullable Collection<List<?>> names;
        try {
            names = leaf.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            throw refused("the certificate's alternative names cannot be read: " + e.getMessage())
                    .initCause(e);
        }
        if (names == null && leaf.getExtensionValue(EXTENSION) != null) {
            // The JDK passes over an extension that it cannot parse, unless it is critical.
            throw refused(
                    "the certificate's alternative names cannot be read: one holds what no name may, such as a NUL");
        }
        return names == null ? List.of() : names;
    }

    private static PeerRefusedException refused(String seen) {
        return new PeerRefusedException(Check.NAMES, seen, EXPECTED, TODO);
    }
}
