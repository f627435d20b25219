package dev.weft.control.access;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller shows.
 *
 * @param bearer the token of its {@code authorization} header, or null
 * @param certificates of its TLS session, leaf first; empty if it showed none
 * @param local whether it is on this machine: its connection comes from a loopback address
 */
public record Credentials(@Nullable String bearer, List<X509Certificate> certificates, boolean local) {

    public Credentials {
        certificates = List.copyOf(certificates);
    }

    /** No token. */
    @Override
    public String toString() {
        return "Credentials[" + (bearer == null ? "no" : "a") + " bearer token, " + certificates.size()
                + " certificates" + (local ? ", local]" : "]");
    }
}
