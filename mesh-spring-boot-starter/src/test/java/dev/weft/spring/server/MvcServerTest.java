package dev.weft.spring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.config.TlsMode;
import dev.weft.http.guard.RawClient;
import dev.weft.http.guard.RawRequest;
import dev.weft.http.guard.RawRequests;
import dev.weft.http.guard.Rules;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Inbound;
import dev.weft.spring.server.security.MeshIdentityConfigurer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A Spring MVC application on Tomcat with Spring Security and a management port of its own. */
class MvcServerTest {
    private static final Town town = new Town();
    private static ConfigurableApplicationContext context;
    private static int port;
    private static int management;

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
        TomcatServletWebServerFactory tomcat() {
            return new TomcatServletWebServerFactory();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.with(MeshIdentityConfigurer.meshIdentity(), Customizer.withDefaults())
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/shop/**")
                            .hasAuthority("NAMESPACE_shop")
                            .requestMatchers("/account")
                            .hasAuthority("SERVICE_ACCOUNT_shop/till")
                            .requestMatchers("/known")
                            .authenticated()
                            .anyRequest()
                            .permitAll())
                    .build();
        }

        @GetMapping("/caller")
        String caller(PeerIdentity caller, HttpServletRequest request) {
            Principal principal = request.getUserPrincipal();
            return caller + " " + (principal == null ? null : principal.getName()) + " " + request.isSecure() + " "
                    + request.getRequestURL() + " "
                    + Inbound.current().caller();
        }

        @GetMapping("/known")
        String known(@AuthenticationPrincipal PeerIdentity caller) {
            return caller.serviceAccount() + "";
        }

        @GetMapping({"/shop/a", "/account", "/admin"})
        String shop(HttpServletRequest request) {
            admitted.incrementAndGet();
            return "served " + request.getRequestURI();
        }

        @GetMapping("/later")
        Callable<String> later(HttpServletRequest request) {
            return () -> "later " + request.getUserPrincipal();
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("broken");
        }
    }

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(Stock.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "management.server.port=0",
                        "spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.actuate.web.server"
                                + ".JettyServletManagementContextAutoConfiguration",
                        "management.server.address=127.0.0.1",
                        "management.endpoint.health.validate-group-membership=false",
                        "server.forward-headers-strategy=native",
                        "spring.main.banner-mode=off",
                        "spring.cloud.compatibility-verifier.enabled=false",
                        "spring.application.name=stock")
                .run();
        port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        management = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
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
    void theCallerIsAnArgumentAndThePrincipalAndTheScopeOfTheRequest() throws Exception {
        assertThat(town.cart(port, "/caller").body())
                .isEqualTo(Town.CART + " " + Town.CART + " true https://stock/caller " + Town.CART);
        assertThat(town.plaintext(port, "/caller").body())
                .isEqualTo("anonymous null false http://stock/caller anonymous");
    }

    @Test
    void springSecurityKnowsTheCallerAndWhatNamespaceAndAccountGrant() throws Exception {
        assertThat(town.cart(port, "/known").body()).isEqualTo("cart");
        assertThat(town.cart(port, "/shop/a").body()).isEqualTo("served /shop/a");
        assertThat(town.cart(port, "/account").status()).isEqualTo(403);
        assertThat(town.plaintext(port, "/shop/a").status()).isEqualTo(403);
        assertThat(town.plaintext(port, "/known").status()).isEqualTo(403);
    }

    @Test
    void theMeshRefusesBeforeSpringSecurityIsAsked() throws Exception {
        town.rule(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/shop")));

        RawClient.Answer refused = town.cart(port, "/shop/a");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("RBAC: access denied");
        // Spring Security writes such fields on each answer of its own.
        assertThat(refused.head()).doesNotContainIgnoringCase("x-content-type-options");
    }

    @Test
    void strictClosesPlaintextAndStaysOpenForTheMesh() throws Exception {
        town.rule(TlsMode.STRICT);

        assertThat(town.plaintext(port, "/caller").status()).isZero();
        assertThat(town.cart(port, "/caller").status()).isEqualTo(200);
        town.rule(TlsMode.DISABLE);
        assertThatThrownBy(() -> town.cart(port, "/caller")).isInstanceOf(IOException.class);
        assertThat(town.plaintext(port, "/caller").status()).isEqualTo(200);
    }

    @Test
    void onAConnectionOfBeforeNothingIsSaidInPlaintext() throws Exception {
        try (RawClient open = RawClient.plaintext(Town.address(port))) {
            assertThat(open.send(Town.get("/caller")).answer().status()).isEqualTo(200);
            town.rule(TlsMode.STRICT);

            // The container refuses it, before any filter, and has an error page of the application for it.
            assertThat(open.send("TRACE / HTTP/1.1\r\nHost: stock\r\n\r\n")
                            .answer()
                            .status())
                    .isZero();
        }
    }

    @Test
    void aManagementPortOfItsOwnIsLeftAsItIs() throws Exception {
        town.rule(TlsMode.STRICT, Rules.deny(Rules.path("/")));

        assertThat(town.plaintext(management, "/actuator/health").status())
                .isNotEqualTo(0)
                .isNotEqualTo(403);
        assertThat(town.cart(port, "/caller").status()).isEqualTo(403);
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

    @Test
    void answersThatComeLaterAndErrorPagesKnowTheCallerToo() throws Exception {
        assertThat(town.cart(port, "/later").body()).startsWith("later PeerAuthentication");
        RawClient.Answer broken = town.cart(port, "/broken", "Accept: application/json");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.body()).contains("\"path\":\"/broken\"");
        assertThat(town.cart(port, "/nothing", "Accept: application/json").body())
                .contains("\"status\":404");
    }

    @Test
    void whatProxiesForwardIsTheApplicationsAndNotThePolicys() throws Exception {
        String[] forwarded = {
            "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Host: shop.example.com", "X-Forwarded-Proto: https"
        };
        assertThat(town.plaintext(port, "/caller", forwarded).body()).contains("https://shop.example.com/caller");
        town.rule(TlsMode.PERMISSIVE, Rules.deny(Rules.header(":authority", "shop.example.com")));
        assertThat(town.plaintext(port, "/caller", forwarded).status()).isEqualTo(200);
    }

    @Test
    void aNewIdentityIsShownByTheNextHandshakeAndOpenConnectionsGoOn() throws Exception {
        try (RawClient open = RawClient.tls(Town.address(port), town.cart)) {
            assertThat(open.send(Town.get("/caller")).answer().status()).isEqualTo(200);
            town.own.set(town.identity("spiffe://cluster.local/ns/shop/sa/stock", 2));

            assertThat(open.send(Town.get("/caller")).answer().status()).isEqualTo(200);
            assertThat(town.cart(port, "/caller").status()).isEqualTo(200);
        }
    }
}
