package dev.weft.spring.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.config.TlsMode;
import dev.weft.http.guard.RawClient;
import dev.weft.http.guard.RawRequest;
import dev.weft.http.guard.RawRequests;
import dev.weft.http.guard.Rules;
import dev.weft.request.Inbound;
import dev.weft.spring.server.reactive.MeshWebFilter;
import dev.weft.spring.server.security.MeshIdentityWebFilter;
import dev.weft.spring.server.security.PeerAuthentication;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A WebFlux application on Reactor Netty with Spring Security. */
class WebFluxServerTest {
    private static final Town town = new Town();
    private static ConfigurableApplicationContext context;
    private static int port;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Stock {
        static final AtomicInteger admitted = new AtomicInteger();

        @Bean
        Mesh mesh() {
            return town.mesh();
        }

        @Bean
        NettyReactiveWebServerFactory netty() {
            return new NettyReactiveWebServerFactory();
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.addFilterBefore(new MeshIdentityWebFilter(), SecurityWebFiltersOrder.AUTHENTICATION)
                    .authorizeExchange(exchanges -> exchanges
                            .pathMatchers("/shop/**")
                            .hasAuthority("NAMESPACE_shop")
                            .pathMatchers("/account")
                            .hasAuthority("SERVICE_ACCOUNT_shop/till")
                            .anyExchange()
                            .permitAll())
                    .build();
        }

        @GetMapping("/caller")
        Mono<String> caller(ServerWebExchange exchange) {
            return Mono.deferContextual(view -> exchange.getPrincipal()
                    .map(Principal::getName)
                    .defaultIfEmpty("nobody")
                    .map(name -> MeshWebFilter.peer(exchange) + " " + name + " "
                            + view.get(Inbound.class).caller()));
        }

        @GetMapping("/shop/a")
        String known(PeerAuthentication caller) {
            return caller.getPrincipal().serviceAccount() + "";
        }

        @GetMapping({"/account", "/admin"})
        String shop() {
            admitted.incrementAndGet();
            return "served";
        }
    }

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(Stock.class)
                .web(WebApplicationType.REACTIVE)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.main.banner-mode=off",
                        "spring.cloud.compatibility-verifier.enabled=false",
                        "management.endpoint.health.validate-group-membership=false",
                        "spring.reactor.netty.shutdown-quiet-period=0s",
                        "spring.application.name=stock")
                .run();
        port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @AfterAll
    static void end() {
        context.close();
    }

    @BeforeEach
    void open() {
        town.rule(TlsMode.PERMISSIVE);
    }

    @Test
    void theCallerIsThePrincipalAndInReactorsContext() throws Exception {
        assertThat(town.cart(port, "/caller").body()).isEqualTo(Town.CART + " " + Town.CART + " " + Town.CART);
        assertThat(town.plaintext(port, "/caller").body()).isEqualTo("anonymous nobody anonymous");
    }

    @Test
    void springSecurityKnowsTheCallerAndWhatNamespaceAndAccountGrant() throws Exception {
        assertThat(town.cart(port, "/shop/a").body()).isEqualTo("cart");
        assertThat(town.cart(port, "/account").status()).isEqualTo(403);
        assertThat(town.plaintext(port, "/shop/a").status()).isEqualTo(401);
    }

    @Test
    void strictClosesPlaintextAndStaysOpenForTheMesh() throws Exception {
        town.rule(TlsMode.STRICT);

        assertThat(town.plaintext(port, "/caller").status()).isZero();
        assertThat(town.cart(port, "/caller").status()).isEqualTo(200);
    }

    @Test
    void thePathThatSpringDispatchesIsThePathThatWasJudged() throws Exception {
        town.rule(TlsMode.PERMISSIVE, Rules.deny(Rules.exactly("/admin")));

        for (RawRequest request : RawRequests.spellings()) {
            int before = Stock.admitted.get();
            try (RawClient client = RawClient.plaintext(Town.address(port))) {
                assertThat(client.send(request.bytes()).everything(10_000))
                        .as("an end of %s", request)
                        .isNotNull();
            }
            assertThat(Stock.admitted).as("served by %s", request).hasValue(before);
        }
        town.rule(TlsMode.PERMISSIVE);
        assertThat(town.plaintext(port, "/admin").status()).isEqualTo(200);
    }
}
