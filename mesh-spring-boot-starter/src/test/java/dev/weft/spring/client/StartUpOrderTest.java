package dev.weft.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.MeshException;
import dev.weft.spring.MeshBuilderCustomizer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.boot.restclient.autoconfigure.RestTemplateBuilderConfigurer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** A client is on the mesh whenever it was built: in each of these orders it is there before the mesh is. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
final class StartUpOrderTest {

    @BeforeAll
    static void start() {
        RestClientsOnTheMeshTest.start();
    }

    @AfterAll
    static void stop() {
        RestClientsOnTheMeshTest.stop();
    }

    private static ApplicationContextRunner application() {
        return RestClientsOnTheMeshTest.application();
    }

    /** A bean of the application that made itself a client. */
    static class Page {
        final RestClient client;
        final boolean beforeTheMesh;

        Page(RestClient.Builder builder, BeanFactory beans) {
            client = builder.baseUrl(Reviews.URL).build();
            beforeTheMesh = !((ConfigurableListableBeanFactory) beans).containsSingleton("mesh");
        }

        String ask() {
            return Optional.ofNullable(client.get().uri("/1").retrieve().body(String.class))
                    .orElse("nothing");
        }
    }

    private static void assertOnTheMesh(Page page) {
        assertThat(page.beforeTheMesh).isTrue();
        assertThat(page.ask()).startsWith("GET /1 host reviews.mesh.test");
    }

    @Test
    void aClientOfAConstructor() {
        application().withBean(Page.class).run(context -> assertOnTheMesh(context.getBean(Page.class)));
    }

    @Configuration(proxyBeanMethods = false)
    static class CallsAtOnce {
        @Bean
        String firstAnswer(RestClient.Builder builder, BeanFactory beans) {
            Page page = new Page(builder, beans);
            return page.beforeTheMesh + " " + page.ask();
        }
    }

    @Test
    void aClientThatIsUsedInTheMethodThatBuildsItCallsTheMeshIntoBeing() {
        application()
                .withUserConfiguration(CallsAtOnce.class)
                .run(context -> assertThat(context.getBean("firstAnswer", String.class))
                        .startsWith("true GET /1 host reviews.mesh.test"));
    }

    /** Made before the beans of the application; there is none of Boot's clients for what is made earlier than this. */
    static final class OrderedPostProcessor extends Page implements BeanPostProcessor, Ordered {
        OrderedPostProcessor(RestClient.Builder builder, BeanFactory beans) {
            super(builder, beans);
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }

    /** Made after those that have an order. */
    static final class UsualPostProcessor extends Page implements BeanPostProcessor {
        UsualPostProcessor(RestClient.Builder builder, BeanFactory beans) {
            super(builder, beans);
        }
    }

    @Test
    void clientsOfPostProcessors() {
        application()
                .withBean(OrderedPostProcessor.class)
                .withBean(UsualPostProcessor.class)
                .run(context -> {
                    assertOnTheMesh(context.getBean(OrderedPostProcessor.class));
                    assertOnTheMesh(context.getBean(UsualPostProcessor.class));
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class BuildersThatAreNoBeans {
        /** Declared by its own name, so that nothing may take its place. */
        @Bean
        JdkClientHttpRequestFactoryBuilder requestFactories() {
            return ClientHttpRequestFactoryBuilder.jdk();
        }

        @Bean
        Supplier<RestClient> configured(RestClientBuilderConfigurer configurer) {
            RestClient client = configurer.configure(RestClient.builder()).build();
            return () -> client;
        }

        @Bean
        Supplier<RestTemplate> template(RestTemplateBuilderConfigurer configurer) {
            RestTemplate template =
                    configurer.configure(new RestTemplateBuilder()).build();
            return () -> template;
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void clientsOfBuildersThatBootConfiguredAndNobodyProcessed() {
        application().withUserConfiguration(BuildersThatAreNoBeans.class).run(context -> {
            RestClient client = ((Supplier<RestClient>) context.getBean("configured")).get();
            assertThat(client.get().uri(Reviews.URL + "/1").retrieve().body(String.class))
                    .startsWith("GET /1");
            assertThat(context).hasSingleBean(JdkClientHttpRequestFactoryBuilder.class);
            RestTemplate template = ((Supplier<RestTemplate>) context.getBean("template")).get();
            assertThat(template.getForObject(Reviews.URL + "/1", String.class)).startsWith("GET /1");
        });
    }

    @Test
    void lazyBeansAndWhatIsMadeOfThem() {
        application()
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean(Page.class)
                .run(context -> assertThat(context.getBean(Page.class).ask()).startsWith("GET /1"));
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyMesh {
        @Bean
        @Lazy
        Mesh lateMeshOfTheUsers() {
            Mesh.Builder builder = Mesh.builder().service("own").ignoreEnvironment();
            RestClientsOnTheMeshTest.reviews.customize(builder);
            return builder.start();
        }
    }

    @Test
    void aMeshOfTheApplicationsOwnThatComesLast() {
        application().withUserConfiguration(LazyMesh.class).withBean(Page.class).run(context -> {
            assertThat(context).hasSingleBean(Mesh.class);
            assertThat(context.getBean(Page.class).ask()).startsWith("GET /1");
        });
    }

    @Test
    void aMeshOfTheParentContext() {
        RestClientsOnTheMeshTest.meshAlone()
                .run(parent -> application()
                        .withParent(parent)
                        .withBean(Page.class)
                        .run(context -> {
                            assertThat(((ListableBeanFactory) context).getBeanNamesForType(Mesh.class))
                                    .isEmpty();
                            assertThat(context.getBean(Page.class).ask()).startsWith("GET /1");
                        }));
    }

    @Configuration(proxyBeanMethods = false)
    static class AsksWhileTheMeshIsMade {
        @Bean
        MeshBuilderCustomizer asking(RestClient.Builder clients) {
            return builder ->
                    clients.build().get().uri("http://vault/token").retrieve().toBodilessEntity();
        }
    }

    @Test
    void whoeverTheMeshIsMadeOfCannotCallOverIt() {
        application()
                .withUserConfiguration(AsksWhileTheMeshIsMade.class)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasStackTraceContaining("give that bean a client that is not on the mesh"));
    }

    @Test
    void nobodyIsMadeTooEarlyForItsPostProcessors(CapturedOutput output) {
        application().withBean(Page.class).run(context -> assertThat(context).hasNotFailed());

        assertThat(output).doesNotContain("not eligible for getting processed");
    }

    @Test
    void aMeshThatIsClosedTakesNoCallsAndLeavesOthersAlone() {
        AtomicReference<RestClient> client = new AtomicReference<>();
        application()
                .run(context ->
                        client.set(context.getBean(RestClient.Builder.class).build()));

        assertThat(client.get()
                        .get()
                        .uri(RestClientsOnTheMeshTest.reviews.direct() + "/1")
                        .retrieve()
                        .body(String.class))
                .startsWith("GET /1 host 127.0.0.1");
        assertThatThrownBy(() ->
                        client.get().get().uri(Reviews.URL + "/1").retrieve().toBodilessEntity())
                .isInstanceOf(ResourceAccessException.class)
                .hasRootCauseInstanceOf(MeshException.Closed.class);
    }
}
