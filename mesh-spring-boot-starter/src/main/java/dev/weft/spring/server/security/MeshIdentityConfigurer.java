package dev.weft.spring.server.security;

import dev.weft.identity.PeerIdentity;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;

/**
 * Authenticates callers of one filter chain by the identity that the mesh has proved:
 *
 * <pre>{@code
 * http.with(MeshIdentityConfigurer.meshIdentity(), withDefaults())
 *     .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("NAMESPACE_shop"));
 * }</pre>
 *
 * {@code @AuthenticationPrincipal PeerIdentity} is then the caller. Who is authenticated already, as by a session, stays that, and what comes
 * later, as a bearer token, replaces it. Nothing is kept in a session. CSRF protection is not touched: a gateway has an identity too, and
 * browsers behind it; switch it off in a chain that no browser reaches.
 */
public final class MeshIdentityConfigurer extends AbstractHttpConfigurer<MeshIdentityConfigurer, HttpSecurity> {
    private Function<PeerIdentity, ? extends Collection<? extends GrantedAuthority>> authorities =
            PeerAuthorities.BY_IDENTITY;

    private MeshIdentityConfigurer() {}

    /** For {@link HttpSecurity#with}. */
    public static MeshIdentityConfigurer meshIdentity() {
        return new MeshIdentityConfigurer();
    }

    /**
     * What callers are granted, instead of {@code SPIFFE_...}, {@code NAMESPACE_...} and {@code SERVICE_ACCOUNT_...}.
     *
     * @param granted to a caller of whom something is proved; on the request's thread
     */
    public MeshIdentityConfigurer authorities(
            Function<PeerIdentity, ? extends Collection<? extends GrantedAuthority>> granted) {
        authorities = Objects.requireNonNull(granted);
        return this;
    }

    @Override
    public void configure(HttpSecurity http) {
        http.addFilterBefore(
                new MeshIdentityFilter(authorities, getSecurityContextHolderStrategy()),
                AbstractPreAuthenticatedProcessingFilter.class);
    }
}
