package dev.weft.identity;

import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as far as it was proved: by a certificate, by a JWT, by both, or {@link #ANONYMOUS}, never null. The name
 * as a principal is the SPIFFE identity, else the JWT's {@code issuer/subject}, else {@code anonymous}. Immutable.
 */
public final class PeerIdentity implements Principal {
    /** A caller in plaintext, or over TLS without a certificate, and without a JWT. */
    public static final PeerIdentity ANONYMOUS = new PeerIdentity(null, null, Map.of());

    private final @Nullable SpiffeId spiffeId;
    private final @Nullable String subject;
    private final Map<String, Object> claims;
    // Put together once: a connection has one identity and many requests.
    private final String name;

    private PeerIdentity(@Nullable SpiffeId spiffeId, @Nullable String subject, Map<String, Object> claims) {
        this.spiffeId = spiffeId;
        this.subject = subject;
        this.claims = claims;
        name = spiffeId != null ? spiffeId.toString() : subject != null ? subject : "anonymous";
    }

    /** A caller that proved a certificate for this identity. */
    public static PeerIdentity of(SpiffeId spiffeId) {
        return new PeerIdentity(Objects.requireNonNull(spiffeId), null, Map.of());
    }

    /**
     * Who is at the other end of a finished handshake. Only for sessions whose trust manager is a {@link MeshTrust}: this
     * reads what that one verified, and checks nothing again.
     *
     * @return {@link #ANONYMOUS} if the peer showed no certificate
     * @throws IllegalArgumentException if its certificate has no identity, which {@link MeshTrust} would have refused
     */
    public static PeerIdentity of(SSLSession session) {
        Certificate[] chain;
        try {
            chain = session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException e) {
            return ANONYMOUS;
        }
        return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? of(leaf) : ANONYMOUS;
    }

    /**
     * Whom a certificate names. Only for one that a {@link MeshTrust} verified: this checks nothing.
     *
     * @throws IllegalArgumentException if it has no identity, which {@link MeshTrust} would have refused
     */
    public static PeerIdentity of(X509Certificate verified) {
        try {
            return of(LeafNames.identity(verified));
        } catch (PeerRefusedException e) {
            throw new IllegalArgumentException("the certificate was not verified by MeshTrust: " + e.getMessage(), e);
        }
    }

    /**
     * The same caller, for whom a verified JWT spoke as well.
     *
     * @param subject {@code issuer/subject} of the JWT
     * @param claims its claims by name
     */
    public PeerIdentity withJwt(String subject, Map<String, ?> claims) {
        return new PeerIdentity(
                spiffeId, Objects.requireNonNull(subject), Collections.unmodifiableMap(new LinkedHashMap<>(claims)));
    }

    /** What the certificate proved; null without one. */
    public @Nullable SpiffeId spiffeId() {
        return spiffeId;
    }

    /** The namespace in the SPIFFE identity; null without one or if it has not Istio's form. */
    public @Nullable String namespace() {
        return spiffeId == null ? null : spiffeId.namespace();
    }

    /** The service account in the SPIFFE identity; null without one or if it has not Istio's form. */
    public @Nullable String serviceAccount() {
        return spiffeId == null ? null : spiffeId.serviceAccount();
    }

    /** A claim of the JWT that spoke; null without one. */
    public @Nullable Object claim(String name) {
        return claims.get(name);
    }

    /** True if nothing was proved. */
    public boolean isAnonymous() {
        return spiffeId == null && subject == null;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PeerIdentity that
                && Objects.equals(spiffeId, that.spiffeId)
                && Objects.equals(subject, that.subject)
                && claims.equals(that.claims);
    }

    @Override
    public int hashCode() {
        return Objects.hash(spiffeId, subject, claims);
    }

    /** The name only: claims may be private. */
    @Override
    public String toString() {
        return getName();
    }
}
