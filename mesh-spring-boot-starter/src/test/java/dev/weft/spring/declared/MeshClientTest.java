package dev.weft.spring.declared;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.engine.CallDefaults;
import dev.weft.request.Hints;
import dev.weft.spring.EnableMeshClients;
import dev.weft.spring.declared.elsewhere.Plain;
import dev.weft.spring.declared.shop.Reviews;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.web.service.registry.ImportHttpServices;

/** How interfaces are found, and what their requests carry. */
class MeshClientTest {
    private final Wire wire = new Wire();
    private final ApplicationContextRunner shop = Clients.of("dev.weft.spring.declared.shop", wire);

    private CallDefaults defaults() {
        return requireNonNull(wire.last().defaults());
    }

    @Test
    void anInterfaceInTheApplicationsPackageIsAClientWithItsDefaults() {
        shop.run(context -> {
            Reviews reviews = context.getBean(Reviews.class);
            assertThat(reviews.byProduct(7)).isEqualTo("ok");
            assertThat(wire.last().uri()).hasToString("http://reviews/reviews/7");
            assertThat(wire.last().hints()).isNull();
            assertThat(defaults().timeout()).isEqualTo(Duration.ofMillis(500));
            assertThat(defaults().idempotent()).isFalse();
            assertThat(defaults().origin()).isEqualTo("@MeshClient Reviews");
            RetryPolicy retry = requireNonNull(defaults().retry());
            assertThat(retry.retries()).isEqualTo(1);
            assertThat(retry.on()).containsExactlyInAnyOrder(RetryOn.SERVER_ERROR, RetryOn.RETRIABLE_STATUS_CODES);
            assertThat(retry.statusCodes()).containsExactly(409);
            assertThat(retry.avoidPreviousHosts()).isTrue();
        });
    }

    @Test
    void aMethodInheritsWhatItDoesNotSay() {
        shop.run(context -> {
            Hints hints = Hints.within(Duration.ofMillis(300));
            context.getBean(Reviews.class).add(1, "good", hints);
            assertThat(wire.last().hints()).isEqualTo(hints);
            assertThat(defaults().timeout()).isEqualTo(Duration.ofSeconds(2));
            assertThat(defaults().idempotent()).isTrue();
            assertThat(defaults().origin()).isEqualTo("@MeshCall Reviews.add");
            assertThat(defaults().retryOrigin()).isEqualTo("@MeshClient Reviews and @MeshCall Reviews.add");
            RetryPolicy retry = requireNonNull(defaults().retry());
            assertThat(retry.retries()).isEqualTo(1);
            assertThat(retry.perTryTimeout()).isEqualTo(Duration.ofMillis(300));
            assertThat(retry.on()).contains(RetryOn.SERVER_ERROR);
            context.getBean(Reviews.class).all();
            assertThat(defaults().timeout()).isNull();
            assertThat(requireNonNull(defaults().retry()).retries()).isZero();
        });
    }

    @Test
    void propertiesBeatAnnotationsFieldByField() {
        shop.withPropertyValues(
                        "slow=7s",
                        "mesh.clients.reviews.retry.attempts=4",
                        "mesh.clients.reviews.retry.retry-on=connect-failure")
                .run(context -> {
                    context.getBean(Reviews.class).add(1, "good", Hints.NONE);
                    assertThat(defaults().timeout()).isEqualTo(Duration.ofSeconds(7));
                    RetryPolicy retry = requireNonNull(defaults().retry());
                    assertThat(retry.retries()).isEqualTo(4);
                    assertThat(retry.on()).containsExactly(RetryOn.CONNECT_FAILURE);
                    assertThat(retry.perTryTimeout()).isEqualTo(Duration.ofMillis(300));
                    assertThat(defaults().origin()).isEqualTo("@MeshCall Reviews.add");
                    assertThat(defaults().retryOrigin()).isEqualTo("mesh.clients.reviews and @MeshCall Reviews.add");
                });
        shop.withPropertyValues("mesh.clients.reviews.timeout=none").run(context -> {
            context.getBean(Reviews.class).byProduct(1);
            assertThat(defaults().timeout()).isNull();
            context.getBean(Reviews.Admin.class).admin();
            assertThat(defaults().timeout()).isNull();
        });
    }

    @Test
    void clientsOfOneServiceKeepTheirOwnDefaultsForMethodsThatBothInherit() {
        shop.run(context -> {
            assertThat(context.getBean(Reviews.class).page()).isEqualTo("ok");
            assertThat(defaults().timeout()).isEqualTo(Duration.ofMillis(500));
            context.getBean(Reviews.Admin.class).page();
            assertThat(defaults().timeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(wire.last().uri()).hasToString("http://reviews/page");
            context.getBean(Reviews.class).first();
            assertThat(wire.last().uri()).hasToString("http://reviews/reviews/1");
            assertThat(defaults().origin()).isEqualTo("@MeshClient Reviews");
            assertThat(context.getBean(Reviews.class))
                    .hasToString("@MeshClient " + Reviews.class.getName() + " (http://reviews)")
                    .isNotEqualTo(context.getBean(Reviews.Admin.class));
        });
    }

    @Test
    void springsOwnPropertiesOfAGroupStillCount() {
        shop.withPropertyValues("spring.http.serviceclient.reviews.base-url=http://localhost:8081/v1")
                .run(context -> {
                    context.getBean(Reviews.class).byProduct(1);
                    assertThat(wire.last().uri()).hasToString("http://localhost:8081/v1/reviews/1");
                });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(basePackages = "${library:dev.weft.spring.declared.elsewhere}")
    @ImportHttpServices(group = "plain", types = Plain.class)
    static class Library {}

    @Test
    void otherPackagesAreScannedOnDemandBesidePlainGroups() {
        shop.withUserConfiguration(Library.class)
                .withPropertyValues(
                        "spring.http.serviceclient.plain.base-url=http://plain", "reviews.host=reviews.prod")
                .run(context -> {
                    context.getBean(dev.weft.spring.declared.elsewhere.Reviews.class)
                            .elsewhere();
                    assertThat(wire.last().uri()).hasToString("http://reviews.prod/elsewhere");
                    assertThat(defaults().timeout()).isNull();
                    assertThat(defaults().retry()).isNull();
                    context.getBean(Plain.class).plain(Hints.NONE);
                    assertThat(wire.last().uri()).hasToString("http://plain/plain");
                    assertThat(wire.last().defaults()).isNull();
                    assertThat(wire.last().hints()).isEqualTo(Hints.NONE);
                    context.getBean(Reviews.class).byProduct(1);
                    assertThat(wire.last().uri()).hasToString("http://reviews/reviews/1");
                });
    }

    @Test
    void aRequestMadeWhileAnotherIsOnItsWayIsNotTakenForIt() {
        shop.withUserConfiguration(Library.class)
                .withPropertyValues("spring.http.serviceclient.plain.base-url=http://plain")
                .run(context -> {
                    Plain plain = context.getBean(Plain.class);
                    wire.meanwhile = () -> plain.plain(Hints.NONE);
                    context.getBean(Reviews.class).byProduct(1);
                    assertThat(wire.last().uri()).hasToString("http://plain/plain");
                    assertThat(wire.last().defaults()).isNull();
                    assertThat(wire.sent.get(0).defaults()).isNotNull();
                });
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(basePackages = "dev.weft.spring.declared.shop")
    static class ScansEverything {}

    @Test
    void anInterfaceThatSpringFindsAsWellIsInjectedAsTheMeshsClient() {
        shop.withUserConfiguration(ScansEverything.class).run(context -> {
            assertThat(context.getBeanNamesForType(Reviews.class)).hasSize(2);
            context.getBean(Reviews.class).byProduct(1);
            assertThat(wire.last().uri()).hasToString("http://reviews/reviews/1");
            assertThat(defaults().timeout()).isEqualTo(Duration.ofMillis(500));
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Doubles {
        @Bean
        @Primary
        Reviews.Admin admin() {
            return new Reviews.Admin() {
                @Override
                public String admin() {
                    return "double";
                }

                @Override
                public String page() {
                    return "double";
                }
            };
        }
    }

    @Test
    void aPrimaryBeanOfTheApplicationTakesTheClientsPlace() {
        shop.withUserConfiguration(Doubles.class)
                .run(context ->
                        assertThat(context.getBean(Reviews.Admin.class).admin()).isEqualTo("double"));
    }
}
