package dev.weft.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom the JVM trusts, for servers of which neither the mesh nor files say it. */
public final class JvmTrust {
    /** Set with the first use: loading the JVM's trust store takes a tenth of a second. */
    private volatile @Nullable TrustManagerFactory trust;

    public JvmTrust() {
        this(null);
    }

    /** @param instead whom to trust; null: whom the JVM trusts */
    public JvmTrust(@Nullable TrustManagerFactory instead) {
        trust = instead;
    }

    /** May read the trust store. */
    public TrustManagerFactory managers() throws SSLException {
        TrustManagerFactory known = trust;
        if (known == null) {
            try {
                known = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                known.init((KeyStore) null);
                trust = known;
            } catch (GeneralSecurityException e) {
                throw new SSLException("the JVM's trust store cannot be used: " + e.getMessage(), e);
            }
        }
        return known;
    }
}
