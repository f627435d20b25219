package dev.weft.control.ca;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its key, for the control plane's own port.
 *
 * @param chain leaf first and, unlike a workload's, with the root: a client that only knows the root's fingerprint from its
 *     join token finds the certificate to that fingerprint here
 */
public record ServerCredential(List<X509Certificate> chain, PrivateKey key) {

    public ServerCredential {
        chain = List.copyOf(chain);
    }

    /** No key. */
    @Override
    public String toString() {
        return "ServerCredential[serial " + chain.get(0).getSerialNumber().toString(16) + "]";
    }
}
