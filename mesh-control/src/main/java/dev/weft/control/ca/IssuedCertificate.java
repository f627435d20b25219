package dev.weft.control.ca;

import dev.weft.identity.Pem;
import dev.weft.identity.SpiffeId;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A granted certificate and what belongs to it.
 *
 * @param identity the one URI name of the leaf
 * @param chain leaf first, without root
 * @param roots to be trusted from now on
 * @param notes what the request said and did not get, for the audit log
 */
public record IssuedCertificate(
        SpiffeId identity, List<X509Certificate> chain, List<X509Certificate> roots, List<String> notes) {

    public IssuedCertificate {
        chain = List.copyOf(chain);
        roots = List.copyOf(roots);
        notes = List.copyOf(notes);
    }

    /** Lower-case hexadecimal. */
    public String serial() {
        return chain.get(0).getSerialNumber().toString(16);
    }

    public Instant expires() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** As Istio's protocol has it: the leaf, each intermediate, and last all roots in one element; PEM. */
    List<String> wire() {
        List<String> elements = new ArrayList<>();
        chain.forEach(certificate -> elements.add(Pem.write(List.of(certificate))));
        elements.add(Pem.write(roots));
        return elements;
    }
}
