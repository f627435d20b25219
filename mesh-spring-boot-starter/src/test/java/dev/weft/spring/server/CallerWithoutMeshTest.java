package dev.weft.spring.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.PeerIdentity;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a controller that asks for its caller gets where nobody guards it. */
class CallerWithoutMeshTest {

    @RestController
    static class Page {
        @GetMapping("/caller")
        String caller(PeerIdentity caller) {
            return caller.getName();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mesh.enabled=false", "mesh.inbound.enabled=false"})
    void aCallerIsAnonymousAndNotNullWhereTheMeshIsOff(String off) {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MeshAutoConfiguration.class,
                        MeshInboundAutoConfiguration.class,
                        MeshCallerAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        DispatcherServletAutoConfiguration.class,
                        WebMvcAutoConfiguration.class))
                .withUserConfiguration(Page.class)
                .withPropertyValues("mesh.service=page", "mesh.trust.mode=none", "mesh.control-plane=localhost:1", off)
                .run(context -> assertThat(MockMvcTester.from(context).get().uri("/caller"))
                        .hasBodyTextEqualTo("anonymous"));
    }
}
