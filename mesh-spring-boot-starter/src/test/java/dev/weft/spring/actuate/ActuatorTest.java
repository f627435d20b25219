package dev.weft.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.SnapshotSource;
import dev.weft.spring.MeshBuilderCustomizer;
import dev.weft.spring.autoconfigure.App;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.InfoEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.actuate.endpoint.web.WebMvcHealthEndpointExtensionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an operator sees with {@code management.endpoints.web.exposure.include=*}. */
class ActuatorTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext context;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MeshActuateAutoConfiguration.class,
        ApplicationAvailabilityAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonEndpointAutoConfiguration.class,
        InfoContributorAutoConfiguration.class,
        InfoEndpointAutoConfiguration.class,
        HealthContributorRegistryAutoConfiguration.class,
        HealthContributorAutoConfiguration.class,
        HealthEndpointAutoConfiguration.class,
        AvailabilityHealthContributorAutoConfiguration.class,
        AvailabilityProbesAutoConfiguration.class,
        WebMvcHealthEndpointExtensionAutoConfiguration.class
    })
    static class Actuator {

        @Bean
        MeshBuilderCustomizer reviews() {
            return builder -> builder.snapshots(SnapshotSource.of(Snapshots.reviews()));
        }
    }

    @BeforeAll
    static void start() {
        context = App.run(
                Actuator.class,
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always",
                "mesh.version=v7");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        URI uri = URI.create("http://localhost:" + port + "/actuator" + path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String body(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @Test
    void itShowsWhoWeAreWhatIsInForceAndHowItStandsWithOthers() throws Exception {
        assertThat(body("/mesh"))
                .contains("\"service\":\"shop\"", "\"version\":\"v7\"", "\"state\":\"READY\"")
                .contains("\"configuration\":{\"version\":\"4711\"", "\"source\":\"static\"")
                .contains("\"subset\":\"v2\",\"hosts\":2,\"healthy\":1,\"ejected\":0,\"active\":0,\"breaker\":\"open\"")
                .contains("version = v7, from --mesh.version");
    }

    @Test
    void itShowsRoutesInWordsWithThePlaceWhereTheyWereWritten() throws Exception {
        assertThat(body("/mesh/routes"))
                .contains("\"port\":9080")
                .contains("\"when\":[\"header end-user exact \\\"jason\\\"\"]")
                .contains("\"to outbound|9080|v2|reviews.default.svc.cluster.local\",\"timeout 3 s\"")
                .contains("VirtualService default/reviews (reviews.yaml:9)");
    }

    @Test
    void itShowsTheLiveHostsOfAService() throws Exception {
        assertThat(body("/mesh/upstreams/reviews"))
                .contains("\"address\":\"10.0.0.1:9080\",\"health\":\"healthy\"")
                .contains("\"address\":\"10.0.0.2:9080\",\"health\":\"draining\"", "\"labels\":{\"version\":\"v2\"}");
        assertThat(get("/mesh/upstreams/nobody").statusCode()).isEqualTo(404);
        assertThat(get("/mesh/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void itExplainsARequestWithoutMakingIt() throws Exception {
        assertThat(body("/mesh/explain?url=http://reviews:9080/1&header=end-user:jason&header=accept:a,b"))
                .contains("route [0] for-jason matched", "cluster outbound|9080|v2|");
        assertThat(body("/mesh/explain?url=http://reviews:9080/1")).contains("cluster outbound|9080|v1|");
    }

    @Test
    void whatCannotBeExplainedIsToldInTheAnswer() throws Exception {
        assertThat(get("/mesh/explain").statusCode()).isEqualTo(400);
        assertThat(get("/mesh/explain").body()).contains("url is missing");
        assertThat(get("/mesh/explain?url=reviews").body())
                .isEqualTo("{\"problem\":\"`reviews`: a URL that begins with http:// or https:// was expected\"}");
        assertThat(get("/mesh/explain?url=http://reviews/&header=jason").body()).contains("name:value was expected");
    }

    @Test
    void itCountsForReadinessAndNeverForLiveness() throws Exception {
        assertThat(body("/health")).contains("\"mesh\":{\"details\":{\"state\":\"READY\"");
        assertThat(body("/health/readiness")).isEqualTo("{\"status\":\"UP\"}");
        HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
        assertThat(groups.get("readiness").isMember("mesh")).isTrue();
        assertThat(groups.get("readiness").isMember("readinessState")).isTrue();
        assertThat(groups.get("liveness").isMember("mesh")).isFalse();
    }

    @Test
    void infoSaysWhoWeAre() throws Exception {
        assertThat(body("/info"))
                .contains("\"mesh\":{\"service\":\"shop\",\"namespace\":\"default\",\"version\":\"v7\"}");
    }
}
