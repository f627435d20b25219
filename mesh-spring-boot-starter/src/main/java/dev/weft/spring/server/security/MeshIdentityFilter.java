package dev.weft.spring.server.security;

import dev.weft.http.servlet.MeshFilter;
import dev.weft.identity.PeerIdentity;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Function;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates the caller for each dispatch of a request, error pages and asynchronous ones too. */
final class MeshIdentityFilter extends OncePerRequestFilter {
    private final Function<PeerIdentity, ? extends Collection<? extends GrantedAuthority>> authorities;
    private final SecurityContextHolderStrategy contexts;

    MeshIdentityFilter(
            Function<PeerIdentity, ? extends Collection<? extends GrantedAuthority>> authorities,
            SecurityContextHolderStrategy contexts) {
        this.authorities = authorities;
        this.contexts = contexts;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        PeerIdentity peer = MeshFilter.peer(request);
        if (!peer.isAnonymous() && contexts.getContext().getAuthentication() == null) {
            SecurityContext context = contexts.createEmptyContext();
            context.setAuthentication(new PeerAuthentication(peer, authorities.apply(peer)));
            contexts.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
