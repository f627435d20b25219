package dev.weft.control.ca;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One root and what signs for it.
 *
 * @param root self-signed; what peers trust
 * @param rootKey null where it is kept elsewhere: it is needed for nothing but new intermediates
 * @param intermediates from the signing one towards the root, without it; empty if the root signs itself
 * @param key of the first intermediate
 */
record SigningAuthority(
        X509Certificate root, @Nullable PrivateKey rootKey, List<X509Certificate> intermediates, PrivateKey key) {

    SigningAuthority {
        intermediates = List.copyOf(intermediates);
    }

    X509Certificate signer() {
        return intermediates.isEmpty() ? root : intermediates.get(0);
    }

    /** No keys. */
    @Override
    public String toString() {
        return "SigningAuthority[" + root.getSubjectX500Principal() + ", serial "
                + root.getSerialNumber().toString(16) + "]";
    }
}
