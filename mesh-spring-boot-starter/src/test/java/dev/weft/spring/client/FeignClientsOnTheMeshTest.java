package dev.weft.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.spring.MeshBuilderCustomizer;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import feign.Capability;
import feign.Client;
import feign.Feign;
import feign.RequestInterceptor;
import feign.RequestLine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignAutoConfiguration;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;

/** Spring Cloud's Feign clients find the mesh by themselves; others with one word. */
@Timeout(60)
public final class FeignClientsOnTheMeshTest {
    static Reviews reviews;

    @BeforeAll
    static void start() {
        reviews = new Reviews();
    }

    @AfterAll
    static void stop() {
        reviews.close();
    }

    /** By its service's name alone. */
    @FeignClient("reviews.mesh.test")
    interface ByName {
        @GetMapping("/1")
        String one();
    }

    /** By a URL. */
    @FeignClient(name = "by-url", url = Reviews.URL)
    interface ByUrl {
        @GetMapping("/1")
        String one();
    }

    /** A host that the mesh does not know. */
    @FeignClient(name = "elsewhere", url = "${elsewhere}")
    interface Elsewhere {
        @GetMapping("/1")
        String one();
    }

    /** Asks for its clients in its constructor. */
    record Page(ByName byName, ByUrl byUrl, Elsewhere elsewhere) {}

    @Configuration(proxyBeanMethods = false)
    @EnableFeignClients(clients = {ByName.class, ByUrl.class, Elsewhere.class})
    static class App {
        @Bean
        Page page(ByName byName, ByUrl byUrl, Elsewhere elsewhere) {
            return new Page(byName, byUrl, elsewhere);
        }

        @Bean
        RequestInterceptor marking() {
            return template -> template.header("end-user", "jason");
        }
    }

    /** A client of the application's own, as one of Spring Cloud's load balancer would be. */
    @Configuration(proxyBeanMethods = false)
    static class OwnClient {
        @Bean
        Client feignClient() {
            return (request, options) -> {
                throw new IOException("the application's own client: " + request.url());
            };
        }
    }

    private static ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MeshAutoConfiguration.class,
                        MeshFeignAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        FeignAutoConfiguration.class))
                .withUserConfiguration(App.class)
                .withBean(MeshBuilderCustomizer.class, () -> reviews::customize)
                .withPropertyValues("spring.application.name=shop", "elsewhere=" + reviews.direct());
    }

    private static final String ANSWER = "GET /1 host reviews.mesh.test";

    @Test
    void interfacesThatAreInjectedIntoAConstructor() {
        application().run(context -> {
            Page page = context.getBean(Page.class);
            assertThat(page.byName().one()).startsWith(ANSWER).contains("jason");
            assertThat(page.byUrl().one()).startsWith(ANSWER).contains("jason");
            assertThat(page.elsewhere().one()).startsWith("GET /1 host 127.0.0.1");
        });
    }

    @Test
    void whatIsTheMeshsNeverReachesAClientOfTheApplication() {
        application().withUserConfiguration(OwnClient.class).run(context -> {
            Page page = context.getBean(Page.class);
            assertThat(page.byName().one()).startsWith(ANSWER);
            assertThat(page.byUrl().one()).startsWith(ANSWER);
            assertThatThrownBy(page.elsewhere()::one).hasMessageContaining("the application's own client");
        });
    }

    /** As metrics and observations are added. */
    public record Counting(AtomicInteger calls) implements Capability {
        @Override
        public Client enrich(Client client) {
            return (request, options) -> {
                calls.incrementAndGet();
                return client.execute(request, options);
            };
        }
    }

    @Test
    void otherCapabilitiesStandAroundCallsOfTheMesh() {
        Counting counting = new Counting(new AtomicInteger());
        application().withBean("aaa", Counting.class, () -> counting).run(context -> {
            context.getBean(Page.class).byName().one();
            assertThat(counting.calls()).hasValue(1);
        });
    }

    @Test
    void turnedOffTheApplicationStartsAndItsClientsAreItsOwn() {
        for (String off : List.of("mesh.enabled=false", "mesh.outbound.feign=false")) {
            application()
                    .withUserConfiguration(OwnClient.class)
                    .withPropertyValues(off)
                    .run(context -> assertThatThrownBy(
                                    context.getBean(Page.class).byName()::one)
                            .hasMessageContaining("the application's own client: http://reviews.mesh.test/1"));
        }
        application()
                .withPropertyValues("mesh.enabled=false")
                .run(context -> assertThat(
                                context.getBean(Page.class).elsewhere().one())
                        .startsWith("GET /1 host 127.0.0.1"));
    }

    /** Feign without Spring's annotations. */
    interface Plain {
        @RequestLine("GET /1")
        String one();
    }

    @Test
    void aBuilderOfTheApplicationsOwnTakesTheCapability() {
        application().run(context -> {
            Plain plain = Feign.builder()
                    .addCapability(context.getBean(Capability.class))
                    .target(Plain.class, Reviews.URL);
            assertThat(plain.one()).startsWith(ANSWER);
        });
    }
}
