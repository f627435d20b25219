package dev.weft.spring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.TlsMode;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.PeerIdentity;
import dev.weft.spring.server.tomcat.TomcatGuard;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application on Jetty that starts without an identity, and whose management port is guarded as well. */
class LateIdentityTest {
    private static final Town town = new Town();
    private static final HeldIdentity held = new HeldIdentity();

    @SpringBootConfiguration
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatServletManagementContextAutoConfiguration"
            })
    @RestController
    static class Stock {
        @Bean
        Mesh mesh() {
            return Mesh.builder()
                    .service("stock")
                    .ignoreEnvironment()
                    .trust(Trust.of(held))
                    .snapshots(town.rules)
                    .start();
        }

        @Bean
        JettyServletWebServerFactory jetty() {
            return new JettyServletWebServerFactory();
        }

        @Bean
        SecurityFilterChain open(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }

        @GetMapping("/caller")
        String caller(PeerIdentity caller) {
            return caller.getName();
        }
    }

    @Test
    void plaintextIsServedAtOnceTlsWhenTheIdentityIsThereAndTheManagementPortObeysToo() throws Exception {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Stock.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "management.server.port=0",
                        "management.server.address=127.0.0.1",
                        "mesh.inbound.exclude-ports=",
                        "spring.cloud.compatibility-verifier.enabled=false",
                        "management.endpoint.health.validate-group-membership=false",
                        "spring.main.banner-mode=off",
                        "spring.application.name=stock")
                .run()) {
            int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
            int management = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));

            assertThat(town.plaintext(port, "/caller").body()).isEqualTo("anonymous");
            assertThatThrownBy(() -> town.cart(port, "/caller")).isInstanceOf(IOException.class);
            held.set(town.identity("spiffe://cluster.local/ns/shop/sa/stock", 1));
            assertThat(town.cart(port, "/caller").body()).isEqualTo(Town.CART);

            town.rule(TlsMode.STRICT);
            assertThat(town.plaintext(management, "/actuator/info").status()).isZero();
            assertThat(town.cart(management, "/actuator/info").status())
                    .isNotZero()
                    .isNotEqualTo(403);
        }
    }

    @Test
    void tlsOfTheApplicationsOwnStaysAndBundleMeshIsTheMeshs() {
        try (Mesh mesh = town.mesh()) {
            Ssl own = new Ssl();
            own.setCertificate("classpath:own.pem");
            TomcatServletWebServerFactory with = new TomcatServletWebServerFactory();
            with.setSsl(own);
            new TomcatGuard(BootSite.tls(mesh)).customize(with);
            assertThat(with.getSsl()).isSameAs(own);
            assertThat(with.getProtocol()).isEqualTo(TomcatWebServerFactory.DEFAULT_PROTOCOL);

            TomcatServletWebServerFactory named = new TomcatServletWebServerFactory();
            named.setSsl(Ssl.forBundle("mesh"));
            new TomcatGuard(BootSite.tls(mesh)).customize(named);
            assertThat(named.getSsl()).isNull();
            assertThat(named.getProtocol()).contains("Sniffing");
        }
    }
}
