package dev.weft.spring.server.security;

import dev.weft.identity.PeerIdentity;
import dev.weft.spring.server.reactive.MeshWebFilter;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The same for WebFlux: authenticates callers of one filter chain by the identity that the mesh has proved, unless they are authenticated
 * already.
 *
 * <pre>{@code
 * http.addFilterBefore(new MeshIdentityWebFilter(), SecurityWebFiltersOrder.AUTHENTICATION)
 *     .authorizeExchange(exchanges -> exchanges.anyExchange().hasAuthority("NAMESPACE_shop"));
 * }</pre>
 */
public final class MeshIdentityWebFilter implements WebFilter {
    private final Function<PeerIdentity, ? extends Collection<? extends GrantedAuthority>> authorities;

    /** Grants {@code SPIFFE_...}, {@code NAMESPACE_...} and {@code SERVICE_ACCOUNT_...}. */
    public MeshIdentityWebFilter() {
        this(PeerAuthorities.BY_IDENTITY);
    }

    /** @param authorities granted to a caller of whom something is proved; must not block */
    public MeshIdentityWebFilter(Function<PeerIdentity, ? extends Collection<? extends GrantedAuthority>> authorities) {
        this.authorities = Objects.requireNonNull(authorities);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PeerIdentity peer = MeshWebFilter.peer(exchange);
        if (peer.isAnonymous()) {
            return chain.filter(exchange);
        }
        PeerAuthentication caller = new PeerAuthentication(peer, authorities.apply(peer));
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .hasElement()
                .flatMap(known -> known
                        ? chain.filter(exchange)
                        : chain.filter(exchange)
                                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(caller)));
    }
}
