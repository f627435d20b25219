package dev.weft.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.MeshException;
import dev.weft.spring.EnableMeshClients;
import dev.weft.spring.MeshCall;
import dev.weft.spring.MeshClient;
import dev.weft.spring.Retry;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import reactor.core.publisher.Mono;

/** What is refused at start, in which words, and what is warned of. */
@ExtendWith(OutputCaptureExtension.class)
class ChecksTest {
    private final ApplicationContextRunner shop = Clients.over(new Wire());

    private List<String> problems(Class<?> configuration, String... properties) {
        List<String> found = new java.util.ArrayList<>();
        shop.withUserConfiguration(configuration).withPropertyValues(properties).run(context -> {
            Throwable failure = context.getStartupFailure();
            while (failure != null && !(failure instanceof MeshException.Configuration)) {
                failure = failure.getCause();
            }
            if (failure instanceof MeshException.Configuration refused) {
                refused.problems().forEach(p -> found.add(p.setting() + " | " + p.found() + " | " + p.remedy()));
            }
        });
        return found;
    }

    @MeshClient(value = "reviews/api", timeout = "500", fallback = String.class)
    interface Wrong {
        @MeshCall(timeout = "${undefined}", retry = @Retry(attempts = -3, retryOn = "5xx,5xy", perTryTimeout = "0s"))
        @GetExchange("/a")
        String a();

        String b();

        @MeshCall(timeout = "1s")
        default String c() {
            return a();
        }
    }

    @MeshClient("reviews")
    interface Empty {}

    @MeshClient(value = "stock", timeout = "a while")
    interface WrongForBoth {
        @GetExchange("/a")
        String a();

        @GetExchange("/b")
        String b();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = {Wrong.class, Empty.class, WrongForBoth.class})
    static class AllWrong {}

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithPlaceValueAndExpectation() {
        List<String> conditions = problems(AllWrong.class, "mesh.clients.wrong.timeout=soon");
        assertThat(conditions)
                .contains(
                        "@MeshClient Empty | `" + Empty.class.getName()
                                + "` | methods with @GetExchange, @PostExchange, ... or @HttpExchange; of a gRPC service:"
                                + " grpc = ...Grpc.class",
                        "@MeshClient WrongForBoth timeout | `a while` | a duration with its unit, like 500ms or 2s, or none",
                        "@MeshClient Wrong | `reviews/api` | " + ServiceAddress.EXPECTED,
                        "@MeshClient Wrong.b | `b` | @GetExchange, @PostExchange, ... or a default method",
                        "@MeshClient Wrong.c | `@MeshCall` | a method that is a request: this one sends none itself",
                        "mesh.clients.wrong.timeout | `soon` | a duration with its unit, like 500ms or 2s, or none",
                        "@MeshCall Wrong.a retry.attempts | `-3` | further attempts after the first, 0 or more",
                        "@MeshCall Wrong.a retry.perTryTimeout | `0s` | a duration with its unit, like 500ms or 2s",
                        "@MeshClient Wrong fallback | `java.lang.String` | a class that implements Wrong or"
                                + " Function<Throwable, Wrong>")
                .anyMatch(
                        p -> p.startsWith("@MeshCall Wrong.a retry.retryOn | `5xy` | status codes, or conditions out of"
                                + " 5xx, gateway-error, reset"))
                .hasSize(10);
        assertThat(problems(AllWrong.class))
                .anyMatch(p ->
                        p.startsWith("@MeshCall Wrong.a timeout | `${undefined}` | Could not resolve placeholder"));
    }

    @MeshClient("reviews")
    interface Short {
        @GetExchange("/a")
        String a();
    }

    @MeshClient(value = "reviews:9080")
    interface WithPort {
        @GetExchange("/a")
        String a();
    }

    @MeshClient(value = "ratings")
    @HttpExchange("http://reviews/v1")
    interface Elsewhere {
        @GetExchange("/a")
        String a();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = {Short.class, WithPort.class, Elsewhere.class})
    static class TwoServices {}

    @Test
    void oneNameForTwoServicesAndAUrlOfAnotherServiceAreRefused() {
        assertThat(problems(TwoServices.class))
                .containsExactlyInAnyOrder(
                        "@MeshClient WithPort | `reviews` | another name = ... than " + Short.class.getName()
                                + " has, which is a client of http://reviews and not of http://reviews:9080",
                        "@MeshClient Elsewhere.a url | `http://reviews/v1` | a path, or a URL that begins with"
                                + " http://ratings");
    }

    @MeshClient("reviews")
    interface Later {
        @GetExchange("/a")
        Mono<String> a();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = {Short.class, Later.class})
    static class BothKinds {}

    @MeshClient("reviews")
    static class NoInterface {}

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = NoInterface.class)
    static class OfAClass {}

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = Runnable.class)
    static class OfAnother {}

    @Test
    void whatCannotBeAClientIsRefusedBeforeAnythingIsMade() {
        assertThat(problems(BothKinds.class))
                .containsExactly(
                        "@MeshClient Later | reactive, and named `reviews` as Short is, which is blocking | a name"
                                + " of its own, like @MeshClient(value = ..., name = \"reviews-reactive\")");
        assertThat(problems(OfAClass.class))
                .containsExactly("@MeshClient | `" + NoInterface.class.getName() + "` | an interface was expected");
        assertThat(problems(OfAnother.class))
                .containsExactly("@EnableMeshClients clients | `java.lang.Runnable` | an interface with @MeshClient was"
                        + " expected");
    }

    @MeshClient(value = "one", fallback = Gives.class)
    interface One {
        @GetExchange("/a")
        String a();
    }

    static class Gives implements Function<Throwable, Short> {
        @Override
        public Short apply(Throwable failure) {
            return () -> "";
        }
    }

    @MeshClient(value = "two", fallback = AbstractTwo.class)
    interface Two {
        @GetExchange("/a")
        String a();
    }

    abstract static class AbstractTwo implements Two {}

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = {One.class, Two.class})
    static class Fallbacks {}

    @MeshClient(value = "three", fallback = Fails.class)
    interface Three {
        @GetExchange("/a")
        String a();
    }

    static class Fails implements Three {
        Fails() {
            throw new IllegalStateException("no file");
        }

        @Override
        public String a() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = Three.class)
    static class FailingFallback {}

    @Test
    void aFallbackIsCheckedAtStart() {
        assertThat(problems(Fallbacks.class))
                .containsExactlyInAnyOrder(
                        "@MeshClient One fallback | `" + Gives.class.getName()
                                + "` | a class that implements One or Function<Throwable, One>",
                        "@MeshClient Two fallback | `" + AbstractTwo.class.getName()
                                + "` | a class that can be instantiated, or a bean of that type");
        shop.withUserConfiguration(FailingFallback.class)
                .run(context -> assertThat(context.getStartupFailure()).hasRootCauseMessage("no file"));
    }

    @MeshClient(value = "reviews", retry = @Retry(attempts = 1))
    interface Twice {
        @Retryable(maxRetriesString = "${retries:2}")
        @GetExchange("/a")
        String a();

        @io.github.resilience4j.retry.annotation.Retry(name = "reviews")
        @GetExchange("/b")
        String b();

        @MeshCall(retry = @Retry(attempts = 0))
        @Retryable
        @GetExchange("/c")
        String c();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = Twice.class)
    static class Doubled {}

    @Test
    void retriesOfOtherLibrariesAreWarnedOfWithTheProductAndRefusedIfStrict(CapturedOutput output) {
        String a = "@MeshClient Twice.a: @Retryable of Spring makes 3 attempts of a call for which the mesh makes 2:"
                + " up to 6 requests";
        String b = "@MeshClient Twice.b: @Retry of Resilience4j makes 5 attempts of a call for which the mesh makes 2:"
                + " up to 10 requests";
        String five = "resilience4j.retry.instances.reviews.max-attempts=5";
        assertThat(problems(Doubled.class, five)).isEmpty();
        assertThat(output).containsOnlyOnce(a).containsOnlyOnce(b).doesNotContain("Twice.c");
        assertThat(problems(Doubled.class, five, "mesh.clients.reviews.strict=true"))
                .hasSize(2)
                .anyMatch(p -> p.startsWith(a.replaceFirst(": ", " | ")))
                .allMatch(p -> p.contains("mesh.clients.reviews.strict is true"));
    }

    @Test
    void settingsOfAClientThatIsNotThereAreWarnedOf(CapturedOutput output) {
        assertThat(problems(Doubled.class, "mesh.clients.ratings.timeout=1s")).isEmpty();
        assertThat(output)
                .contains("mesh.clients.ratings has no effect: no @MeshClient has that name, there are [reviews]");
    }
}
