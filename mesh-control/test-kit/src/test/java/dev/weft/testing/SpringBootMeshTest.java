package dev.weft.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.weft.Mesh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

/** An application's own RestClient under the policy of the YAML files, with WireMock as a flaky service. */
@MeshTest("mesh")
@SpringBootTest(
        classes = SpringBootMeshTest.Application.class,
        properties = "spring.application.name=productpage",
        webEnvironment = SpringBootTest.WebEnvironment.NONE)
class SpringBootMeshTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private final WireMockServer ratings =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    private final RestClient rest;

    SpringBootMeshTest(@Autowired RestClient.Builder builder) {
        rest = builder.baseUrl("http://ratings").build();
    }

    @BeforeEach
    void start() {
        ratings.start();
    }

    @AfterEach
    void stop() {
        ratings.stop();
    }

    @Test
    void aServiceThatAnswers503IsAskedAgainAsThePolicySays(PolicyMesh mesh) {
        mesh.upstream("ratings").is(ratings.port());
        ratings.stubFor(get("/1")
                .inScenario("flaky")
                .whenScenarioStateIs("Started")
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("recovered"));
        ratings.stubFor(get("/1")
                .inScenario("flaky")
                .whenScenarioStateIs("recovered")
                .willReturn(aResponse().withStatus(200).withBody("five stars")));

        assertThat(rest.get().uri("/1").retrieve().body(String.class)).isEqualTo("five stars");
        ratings.verify(2, getRequestedFor(urlEqualTo("/1")));
    }

    @Test
    void aConnectionThatBreaksIsAResponseOnceRetriesAreUsedUp(PolicyMesh mesh) {
        mesh.upstream("ratings").is(ratings.port());
        ratings.stubFor(get("/1").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertThatThrownBy(() -> rest.get().uri("/1").retrieve().body(String.class))
                .isInstanceOfSatisfying(
                        HttpServerErrorException.class,
                        e -> assertThat(e.getResponseHeaders())
                                .isNotNull()
                                .satisfies(headers -> assertThat(headers.getFirst("x-mesh-flags"))
                                        .contains("URX")));
        ratings.verify(3, getRequestedFor(urlEqualTo("/1")));
    }

    @Test
    void standInsOfOneTestAreGoneInTheNext(PolicyMesh mesh) {
        assertThatThrownBy(() -> rest.get().uri("/1").retrieve().body(String.class))
                .isInstanceOfSatisfying(
                        HttpServerErrorException.class,
                        e -> assertThat(e.getResponseHeaders().getFirst("x-mesh-flags"))
                                .isEqualTo("UH"));
    }

    @Test
    void theApplicationsMeshIsTheOneOfTheTest(@Autowired Mesh bean, PolicyMesh mesh, Mesh parameter) {
        assertThat(bean).isSameAs(mesh.mesh()).isSameAs(parameter);
        assertThat(bean.origins()).anyMatch(line -> line.startsWith("service = productpage"));
    }

    /** Of a nested class as well. */
    @Nested
    class InANestedClass {
        @Test
        void theMeshIsTheApplications(@Autowired Mesh bean, PolicyMesh mesh) {
            assertThat(mesh.mesh()).isSameAs(bean);
        }
    }
}
