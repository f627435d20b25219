package dev.weft.spring.server.reactive;

import dev.weft.http.netty.MeshReactor;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Inbound;
import java.security.Principal;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Shows WebFlux what is known of a request: the caller as principal, and the request's deadline and caller in Reactor's context under {@code
 * Inbound.class}. The guard of the server has let the request in already. Comes first of all filters.
 */
public final class MeshWebFilter implements WebFilter, Ordered {
    private final boolean principal;

    /** @param principal whether the caller is the principal where the application has none of its own */
    public MeshWebFilter(boolean principal) {
        this.principal = principal;
    }

    /** Who sent a request: by the certificate of the connection, by a JWT, or {@link PeerIdentity#ANONYMOUS}. */
    public static PeerIdentity peer(ServerWebExchange exchange) {
        return exchange.getAttribute(Inbound.class.getName()) instanceof Inbound inbound
                ? inbound.caller()
                : PeerIdentity.ANONYMOUS;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Inbound inbound = inbound(exchange.getRequest());
        exchange.getAttributes().put(Inbound.class.getName(), inbound);
        ServerWebExchange shown =
                principal && !inbound.caller().isAnonymous() ? new Called(exchange, inbound.caller()) : exchange;
        return chain.filter(shown).contextWrite(context -> context.put(Inbound.class, inbound));
    }

    private static Inbound inbound(ServerHttpRequest request) {
        return ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty
                ? MeshReactor.inbound(netty)
                : Inbound.current();
    }

    /** The application's own principal, else the caller. */
    private static final class Called extends ServerWebExchangeDecorator {
        private final PeerIdentity caller;

        Called(ServerWebExchange exchange, PeerIdentity caller) {
            super(exchange);
            this.caller = caller;
        }

        @Override
        @SuppressWarnings("unchecked") // Spring's signature lets each caller choose the type.
        public <T extends Principal> Mono<T> getPrincipal() {
            return (Mono<T>) super.getPrincipal().switchIfEmpty(Mono.just(caller));
        }
    }
}
