package dev.weft.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

import dev.weft.spring.MeshBuilderCustomizer;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** Which clients of an application find the mesh by themselves. */
@Timeout(60)
final class RestClientsOnTheMeshTest {
    static Reviews reviews;

    @BeforeAll
    static void start() {
        reviews = new Reviews();
    }

    @AfterAll
    static void stop() {
        reviews.close();
    }

    /** An application with Boot's clients and a mesh that knows one service. */
    static ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MeshAutoConfiguration.class,
                        MeshRestClientAutoConfiguration.class,
                        HttpClientAutoConfiguration.class,
                        ImperativeHttpClientAutoConfiguration.class,
                        HttpServiceClientPropertiesAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        RestClientAutoConfiguration.class,
                        RestTemplateAutoConfiguration.class,
                        HttpServiceClientAutoConfiguration.class))
                .withBean(MeshBuilderCustomizer.class, () -> reviews::customize)
                .withPropertyValues("spring.application.name=shop");
    }

    static ApplicationContextRunner meshAlone() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MeshAutoConfiguration.class))
                .withBean(MeshBuilderCustomizer.class, () -> reviews::customize)
                .withPropertyValues("spring.application.name=parent");
    }

    private static String ask(RestClient client) {
        return client.get().uri(Reviews.URL + "/1").retrieve().body(String.class);
    }

    private static String ask(RestTemplate template) {
        return template.getForObject(Reviews.URL + "/1", String.class);
    }

    private static final String ANSWER = "GET /1 host reviews.mesh.test";

    /** A factory of the user's that reaches nobody. */
    static final ClientHttpRequestFactory OWN = (uri, method) -> {
        throw new IOException("the user's own factory: " + uri.getHost());
    };

    @Test
    void clientsOfTheBuildersBean() {
        application().run(context -> {
            RestClient.Builder builder = context.getBean(RestClient.Builder.class);
            assertThat(ask(builder.build())).startsWith(ANSWER);
            assertThat(ask(builder.clone().build())).startsWith(ANSWER);
            assertThat(context.getBean(RestClient.Builder.class)).isNotSameAs(builder);
        });
    }

    @Test
    void aBuilderThatIsGivenAFactoryOfTheUsersOwn() {
        application().run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class)
                    .requestFactory(OWN)
                    .build();
            assertThat(ask(client)).startsWith(ANSWER);
            assertThatThrownBy(() ->
                            client.get().uri("http://elsewhere/").retrieve().toBodilessEntity())
                    .hasRootCauseMessage("the user's own factory: elsewhere");
        });
    }

    @Test
    void templatesOfTheBuildersBean() {
        application().run(context -> {
            RestTemplateBuilder builder = context.getBean(RestTemplateBuilder.class);
            assertThat(ask(builder.build())).startsWith(ANSWER);
            RestTemplate own = builder.requestFactory(() -> OWN)
                    .defaultHeader("end-user", "jason")
                    .build();
            assertThat(ask(own)).startsWith(ANSWER).contains("jason");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class MadeWithoutBoot {
        @Bean
        RestClient client() {
            return RestClient.builder().requestFactory(OWN).build();
        }

        @Bean
        RestTemplate template() {
            return new RestTemplate(OWN);
        }

        @Bean
        ClientHttpRequestFactory factory() {
            return OWN;
        }

        @Bean
        RestTemplateBuilder templates() {
            return new RestTemplateBuilder().requestFactory(() -> OWN);
        }

        @Bean
        Supplier<RestTemplate> madeFromAFactoryBean(ClientHttpRequestFactory factory) {
            RestTemplate template = new RestTemplate(factory);
            return () -> template;
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void beansThatTheApplicationMakesItself() {
        application().withUserConfiguration(MadeWithoutBoot.class).run(context -> {
            assertThat(ask(context.getBean(RestClient.class))).startsWith(ANSWER);
            assertThat(ask(context.getBean(RestTemplate.class))).startsWith(ANSWER);
            assertThat(ask(context.getBean(RestTemplateBuilder.class).build())).startsWith(ANSWER);
            assertThat(ask(((Supplier<RestTemplate>) context.getBean("madeFromAFactoryBean")).get()))
                    .startsWith(ANSWER);
        });
    }

    interface Reading {
        @GetExchange("/1")
        String one();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(group = "reviews", types = Reading.class)
    static class Groups {}

    @Test
    void httpServiceGroups() {
        application()
                .withUserConfiguration(Groups.class)
                .withPropertyValues("spring.http.serviceclient.reviews.base-url=" + Reviews.URL)
                .run(context -> assertThat(context.getBean(Reading.class).one()).startsWith(ANSWER));
    }

    private static void assertGivesUp(ApplicationContextRunner runner) {
        runner.withPropertyValues("spring.http.clients.read-timeout=200ms").run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();
            assertThatThrownBy(() ->
                            client.get().uri(Reviews.URL + "/slow").retrieve().toBodilessEntity())
                    .isInstanceOf(ResourceAccessException.class)
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
        });
    }

    @Test
    void theReadTimeoutOfBootsPropertiesIsKept() {
        for (String factory : new String[] {"jetty", "reactor", "jdk", "simple"}) {
            assertGivesUp(application().withPropertyValues("spring.http.clients.imperative.factory=" + factory));
        }
    }

    @Test
    void theReadTimeoutIsKeptForFactoriesThatDoNotTellIt() {
        assertGivesUp(application().withBean(ClientHttpRequestFactoryBuilder.class, () ->
                (ClientHttpRequestFactoryBuilder<?>) settings -> OWN));
    }

    @Test
    void hostsThatTheMeshDoesNotKnowAreReachedAsBefore() {
        application().run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class).build();
            assertThat(client.get().uri(reviews.direct() + "/2").retrieve().body(String.class))
                    .startsWith("GET /2 host 127.0.0.1");
        });
    }

    @Test
    void aTestsMockServerAnswersForClientsThatAreBoundToIt() {
        application().withUserConfiguration(MadeWithoutBoot.class).run(context -> {
            RestClient.Builder builder = context.getBean(RestClient.Builder.class);
            MockRestServiceServer.bindTo(builder)
                    .build()
                    .expect(requestTo(Reviews.URL + "/1"))
                    .andRespond(withSuccess("mock", MediaType.TEXT_PLAIN));
            assertThat(ask(builder.build())).isEqualTo("mock");

            RestTemplate template = context.getBean(RestTemplate.class);
            MockRestServiceServer.bindTo(template)
                    .build()
                    .expect(requestTo(Reviews.URL + "/1"))
                    .andRespond(withSuccess("mock", MediaType.TEXT_PLAIN));
            assertThat(ask(template)).isEqualTo("mock");
        });
    }

    @Test
    void springsClientsNeedNothingOfBootsOwn() {
        new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.restclient", "org.springframework.boot.http.client"))
                .withConfiguration(
                        AutoConfigurations.of(MeshAutoConfiguration.class, MeshRestClientAutoConfiguration.class))
                .withBean(MeshBuilderCustomizer.class, () -> reviews::customize)
                .withBean(
                        RestClient.class,
                        () -> RestClient.builder().requestFactory(OWN).build())
                .withPropertyValues("spring.application.name=shop")
                .run(context ->
                        assertThat(ask(context.getBean(RestClient.class))).startsWith(ANSWER));
    }

    @Test
    void applicationsWithoutSpringsClientsStart() {
        application()
                .withClassLoader(new FilteredClassLoader(RestClient.class))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(MeshRestClientAutoConfiguration.class));
    }

    /** Nothing of ours is there, and nothing is on a mesh. */
    private static void assertUntouched(ApplicationContextRunner runner) {
        runner.withUserConfiguration(MadeWithoutBoot.class).run(context -> {
            assertThat(context).doesNotHaveBean(MeshRestClientAutoConfiguration.class);
            assertThat(context.getBean(ClientHttpRequestFactory.class)).isSameAs(OWN);
            Function<RestClient.Builder, RestClient> build = RestClient.Builder::build;
            RestClient client =
                    build.apply(context.getBean(RestClient.Builder.class).requestFactory(OWN));
            assertThatThrownBy(() -> ask(client)).hasRootCauseMessage("the user's own factory: reviews.mesh.test");
            assertThatThrownBy(() -> ask(context.getBean(RestTemplate.class)))
                    .hasRootCauseMessage("the user's own factory: reviews.mesh.test");
        });
    }

    @Test
    void nothingIsTouchedWhereTheMeshIsDisabled() {
        assertUntouched(application().withPropertyValues("mesh.enabled=false"));
    }

    @Test
    void nothingIsTouchedWhereBlockingClientsAreToStayAsTheyAre() {
        assertUntouched(application().withPropertyValues("mesh.outbound.rest-client=false"));
    }
}
