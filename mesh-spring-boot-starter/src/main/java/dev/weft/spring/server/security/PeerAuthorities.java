package dev.weft.spring.server.security;

import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * What a caller is granted unless the application says otherwise: {@code SPIFFE_spiffe://cluster.local/ns/shop/sa/cart}, {@code
 * NAMESPACE_shop}, {@code SERVICE_ACCOUNT_shop/cart}, and that the factor was a certificate. Namespace and account are, as in Istio's
 * rules, those of any trust domain that this mesh believes. A caller of whom only a JWT speaks is granted nothing.
 */
final class PeerAuthorities implements Function<PeerIdentity, Collection<? extends GrantedAuthority>> {
    static final PeerAuthorities BY_IDENTITY = new PeerAuthorities();

    private PeerAuthorities() {}

    @Override
    public Collection<? extends GrantedAuthority> apply(PeerIdentity peer) {
        SpiffeId id = peer.spiffeId();
        if (id == null) {
            return List.of();
        }
        List<GrantedAuthority> granted = new ArrayList<>();
        granted.add(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.X509_AUTHORITY));
        granted.add(new SimpleGrantedAuthority("SPIFFE_" + id));
        if (peer.namespace() != null) {
            granted.add(new SimpleGrantedAuthority("NAMESPACE_" + peer.namespace()));
            granted.add(
                    new SimpleGrantedAuthority("SERVICE_ACCOUNT_" + peer.namespace() + "/" + peer.serviceAccount()));
        }
        return granted;
    }
}
