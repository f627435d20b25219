package dev.weft.spring.server.security;

import dev.weft.identity.PeerIdentity;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/** A caller whose identity the mesh has proved. Its name is the SPIFFE identity, or the JWT's issuer and subject. */
public final class PeerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;

    // Not kept in any session: the next request proves its own.
    private final transient PeerIdentity peer;

    PeerAuthentication(PeerIdentity peer, Collection<? extends GrantedAuthority> authorities) {
        super(authorities);
        this.peer = peer;
        setAuthenticated(true);
    }

    @Override
    public PeerIdentity getPrincipal() {
        return peer;
    }

    /** None that could be shown: the handshake has had them. */
    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PeerAuthentication that && peer.equals(that.peer) && super.equals(other);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + peer.hashCode();
    }
}
