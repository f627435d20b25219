package dev.weft.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.spring.MeshBuilderCustomizer;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import io.netty.handler.timeout.ReadTimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;
import reactor.core.publisher.Mono;

/** Which WebClients of an application find the mesh by themselves, and in which order of start. */
@Timeout(60)
final class WebClientsOnTheMeshTest {
    private static final String ANSWER = "GET /1 host reviews.mesh.test";

    /** A connector of the user's that reaches nobody. */
    static final ClientHttpConnector OWN = (method, uri, callback) ->
            Mono.error(new IllegalStateException("the user's own connector: " + uri.getHost()));

    static Reviews reviews;

    @BeforeAll
    static void start() {
        reviews = new Reviews();
    }

    @AfterAll
    static void stop() {
        reviews.close();
    }

    /** An application with Boot's WebClient and a mesh that knows one service. */
    static ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MeshAutoConfiguration.class,
                        MeshWebClientAutoConfiguration.class,
                        HttpClientAutoConfiguration.class,
                        ReactiveHttpClientAutoConfiguration.class,
                        HttpServiceClientPropertiesAutoConfiguration.class,
                        CodecsAutoConfiguration.class,
                        WebClientAutoConfiguration.class,
                        ReactiveHttpServiceClientAutoConfiguration.class))
                .withBean(MeshBuilderCustomizer.class, () -> reviews::customize)
                // Without the last, every context takes two seconds to close.
                .withPropertyValues("spring.application.name=shop", "spring.reactor.netty.shutdown-quiet-period=0s");
    }

    static String ask(WebClient client) {
        return client.get()
                .uri(Reviews.URL + "/1")
                .retrieve()
                .bodyToMono(String.class)
                .block();
    }

    @Test
    void clientsOfTheBuildersBean() {
        application().run(context -> {
            WebClient.Builder builder = context.getBean(WebClient.Builder.class);
            assertThat(ask(builder.build())).startsWith(ANSWER);
            assertThat(ask(builder.clone().build())).startsWith(ANSWER);
            assertThat(ask(builder.build()
                            .mutate()
                            .defaultHeader("end-user", "jason")
                            .build()))
                    .startsWith(ANSWER)
                    .contains("jason");
        });
    }

    @Test
    void aBuilderThatIsGivenAConnectorOfTheUsersOwn() {
        application().run(context -> {
            WebClient client = context.getBean(WebClient.Builder.class)
                    .clientConnector(OWN)
                    .build();
            assertThat(ask(client)).startsWith(ANSWER);
            assertThatThrownBy(() -> client.get()
                            .uri("http://elsewhere/")
                            .retrieve()
                            .toBodilessEntity()
                            .block())
                    .hasRootCauseMessage("the user's own connector: elsewhere");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class MadeWithoutBoot {
        @Bean
        WebClient client() {
            return WebClient.builder().clientConnector(OWN).build();
        }
    }

    @Test
    void beansThatTheApplicationMakesItself() {
        application()
                .withUserConfiguration(MadeWithoutBoot.class)
                .run(context ->
                        assertThat(ask(context.getBean(WebClient.class))).startsWith(ANSWER));
    }

    /** Calls another service as soon as it is made, which is before the mesh would be asked for in order. */
    static class CallsInItsConstructor {
        final String answer;

        CallsInItsConstructor(WebClient.Builder builder) {
            answer = ask(builder.clientConnector(OWN).build());
        }
    }

    @Test
    void aCallInAConstructor() {
        application()
                .withBean("aFirst", CallsInItsConstructor.class)
                .run(context -> assertThat(context.getBean(CallsInItsConstructor.class).answer)
                        .startsWith(ANSWER));
    }

    /** Made before all other beans, with what it needs. */
    static class HoldsAClient implements BeanPostProcessor {
        final WebClient client;

        HoldsAClient(WebClient.Builder builder) {
            client = builder.build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Early {
        @Bean
        static HoldsAClient holdsAClient(WebClient.Builder builder) {
            return new HoldsAClient(builder);
        }
    }

    @Test
    void aClientOfABeanPostProcessor() {
        application()
                .withUserConfiguration(Early.class)
                .run(context -> assertThat(ask(context.getBean(HoldsAClient.class).client))
                        .startsWith(ANSWER));
    }

    interface Reading {
        @GetExchange("/1")
        Mono<String> one();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(group = "reviews", types = Reading.class, clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
    static class Groups {}

    @Test
    void httpServiceGroups() {
        application()
                .withUserConfiguration(Groups.class)
                .withPropertyValues("spring.http.serviceclient.reviews.base-url=" + Reviews.URL)
                .run(context ->
                        assertThat(context.getBean(Reading.class).one().block()).startsWith(ANSWER));
    }

    @Test
    void theReadTimeoutOfBootsPropertiesIsKept() {
        application()
                .withPropertyValues("spring.http.clients.read-timeout=200ms")
                .run(context -> {
                    WebClient client = context.getBean(WebClient.Builder.class).build();
                    assertThatThrownBy(() -> client.get()
                                    .uri(Reviews.URL + "/slow")
                                    .retrieve()
                                    .toBodilessEntity()
                                    .block())
                            .hasCauseInstanceOf(ReadTimeoutException.class);
                });
    }

    @Test
    void hostsThatTheMeshDoesNotKnowAreReachedAsBefore() {
        application()
                .run(context -> assertThat(context.getBean(WebClient.Builder.class)
                                .build()
                                .get()
                                .uri(reviews.direct() + "/2")
                                .retrieve()
                                .bodyToMono(String.class)
                                .block())
                        .startsWith("GET /2 host 127.0.0.1"));
    }

    /** Nothing of ours is there, and nothing is on a mesh. */
    private static void assertUntouched(ApplicationContextRunner runner) {
        runner.withUserConfiguration(MadeWithoutBoot.class).run(context -> {
            assertThat(context).doesNotHaveBean(MeshWebClientAutoConfiguration.class);
            WebClient.Builder builder = context.getBean(WebClient.Builder.class);
            Supplier<WebClient> build = builder.clientConnector(OWN)::build;
            assertThatThrownBy(() -> ask(build.get()))
                    .hasRootCauseMessage("the user's own connector: reviews.mesh.test");
            assertThatThrownBy(() -> ask(context.getBean(WebClient.class)))
                    .hasRootCauseMessage("the user's own connector: reviews.mesh.test");
        });
    }

    @Test
    void nothingIsTouchedWhereTheMeshIsDisabled() {
        assertUntouched(application().withPropertyValues("mesh.enabled=false"));
    }

    @Test
    void nothingIsTouchedWhereWebClientsAreToStayAsTheyAre() {
        assertUntouched(application().withPropertyValues("mesh.outbound.web-client=false"));
    }
}
