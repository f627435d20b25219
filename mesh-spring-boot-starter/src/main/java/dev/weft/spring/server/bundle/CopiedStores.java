package dev.weft.spring.server.bundle;

import dev.weft.identity.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslStoreBundle;

/** An identity as stores, in memory. */
final class CopiedStores {
    static final String ALIAS = "mesh";

    private CopiedStores() {}

    /** @throws IllegalStateException if there is none yet */
    static SslStoreBundle of(@Nullable Identity identity) {
        if (identity == null) {
            throw new IllegalStateException(
                    "SSL bundle mesh: this process has no identity yet, and whoever asks takes a copy and cannot wait;"
                            + " call mesh.awaitReady(...) before, or keep identities over restarts by mesh.trust.cache: true");
        }
        try {
            KeyStore keys = empty();
            keys.setKeyEntry(
                    ALIAS,
                    identity.svid().key(),
                    new char[0],
                    identity.svid().chain().toArray(new X509Certificate[0]));
            KeyStore roots = empty();
            int number = 0;
            for (String domain : identity.bundle().trustDomains()) {
                for (X509Certificate root : identity.bundle().roots(domain)) {
                    roots.setCertificateEntry("root-" + number++, root);
                }
            }
            return SslStoreBundle.of(keys, "", roots);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("SSL bundle mesh: " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
