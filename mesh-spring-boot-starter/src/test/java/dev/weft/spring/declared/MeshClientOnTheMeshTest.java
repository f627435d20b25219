package dev.weft.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.request.Hints;
import dev.weft.request.LocalReply;
import dev.weft.spring.EnableMeshClients;
import dev.weft.spring.MeshBuilderCustomizer;
import dev.weft.spring.MeshCall;
import dev.weft.spring.MeshClient;
import dev.weft.spring.Retry;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import dev.weft.spring.client.MeshRestClientAutoConfiguration;
import dev.weft.spring.client.MeshWebClientAutoConfiguration;
import dev.weft.spring.client.Reviews;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is declared has effect where the policy is silent. */
@Timeout(60)
class MeshClientOnTheMeshTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    static Reviews reviews;

    @BeforeAll
    static void start() {
        reviews = new Reviews();
    }

    @AfterAll
    static void stop() {
        reviews.close();
    }

    @MeshClient(
            value = "reviews.mesh.test",
            name = "reviews",
            timeout = "${patience:30s}",
            retry = @Retry(attempts = 1, retryOn = "5xx"))
    interface Client {
        @GetExchange("/1")
        String one();

        @MeshCall(timeout = "100ms")
        @GetExchange("/slow")
        String slow();

        @GetExchange("/slow")
        String slow(Hints hints);

        @GetExchange("/flaky/get")
        String flaky();

        @PostExchange("/flaky/post")
        String order();

        default String first() {
            return one();
        }

        @MeshCall(idempotent = true)
        @PostExchange("/flaky/again")
        String orderAgain();
    }

    @MeshClient(value = "reviews.mesh.test", name = "patient", timeout = "100ms", fallback = Instead.class)
    interface Patient {
        @GetExchange("/slow")
        String slow();
    }

    static class Instead implements Function<Throwable, @Nullable Patient> {
        @Override
        public Patient apply(Throwable failure) {
            return () -> "instead";
        }
    }

    @MeshClient(
            value = "reviews.mesh.test",
            name = "later",
            timeout = "100ms",
            retry = @Retry(attempts = 1, retryOn = "5xx"))
    interface Later {
        @MeshCall(timeout = "30s")
        @GetExchange("/1")
        Mono<String> one();

        @MeshCall(timeout = "30s")
        @GetExchange("/flaky/later")
        Flux<String> flaky();

        @GetExchange("/slow")
        CompletableFuture<String> slow();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = {Client.class, Patient.class, Later.class})
    static class Shop {}

    private static ApplicationContextRunner application() {
        return Clients.boot()
                .withConfiguration(AutoConfigurations.of(
                        MeshAutoConfiguration.class,
                        MeshRestClientAutoConfiguration.class,
                        MeshWebClientAutoConfiguration.class))
                .withUserConfiguration(Shop.class)
                .withBean(MeshBuilderCustomizer.class, () -> reviews::customize)
                .withPropertyValues("spring.application.name=shop");
    }

    private static String reason(HttpServerErrorException failure) {
        return Objects.requireNonNull(failure.getResponseHeaders()).getFirst(LocalReply.REASON_HEADER);
    }

    @Test
    void timeoutsRetriesHintsAndFallbacks() {
        application().run(context -> {
            Client client = context.getBean(Client.class);
            assertThat(client.one()).startsWith("GET /1 host reviews.mesh.test");
            assertThat(client.first()).startsWith("GET /1 host reviews.mesh.test");
            assertThatThrownBy(client::slow)
                    .isInstanceOfSatisfying(
                            HttpServerErrorException.GatewayTimeout.class,
                            late -> assertThat(reason(late)).contains("@MeshCall Client.slow"));
            assertThatThrownBy(() -> client.slow(Hints.within(Duration.ofMillis(50))))
                    .isInstanceOf(HttpServerErrorException.GatewayTimeout.class);
            assertThat(client.flaky()).startsWith("GET /flaky/get");
            assertThatThrownBy(client::order).isInstanceOf(HttpServerErrorException.ServiceUnavailable.class);
            assertThat(client.orderAgain()).startsWith("POST /flaky/again");
            assertThat(context.getBean(Patient.class).slow()).isEqualTo("instead");
        });
    }

    @Test
    void reactiveClientsToo() {
        application().run(context -> {
            Later client = context.getBean(Later.class);
            assertThat(client.one().block(SOON)).startsWith("GET /1 host reviews.mesh.test");
            assertThat(client.flaky().blockFirst(SOON)).startsWith("GET /flaky/later");
            assertThat(client.slow())
                    .failsWithin(SOON)
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .isInstanceOfSatisfying(
                            WebClientResponseException.GatewayTimeout.class,
                            late -> assertThat(late.getHeaders().getFirst(LocalReply.REASON_HEADER))
                                    .contains("@MeshClient Later"));
        });
    }

    @Test
    void propertiesHaveEffectWithoutARelease() {
        application()
                .withPropertyValues("mesh.clients.reviews.timeout=70ms")
                .run(context -> assertThatThrownBy(context.getBean(Client.class)::slow)
                        .isInstanceOfSatisfying(
                                HttpServerErrorException.GatewayTimeout.class,
                                late -> assertThat(reason(late))
                                        .contains("the timeout of mesh.clients.reviews passed")));
    }

    @Test
    void withoutTheMeshAClientIsPlainHttp() {
        application()
                .withPropertyValues("mesh.enabled=false")
                .run(context -> assertThatThrownBy(context.getBean(Client.class)::one)
                        .isInstanceOf(ResourceAccessException.class));
        application()
                .withPropertyValues(
                        "mesh.enabled=false", "spring.http.serviceclient.reviews.base-url=" + reviews.direct())
                .run(context -> assertThat(context.getBean(Client.class).one()).startsWith("GET /1 host 127.0.0.1"));
    }
}
