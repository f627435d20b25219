package dev.weft.spring.declared.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import dev.weft.request.Hints;
import dev.weft.spring.EnableMeshClients;
import dev.weft.spring.MeshCall;
import dev.weft.spring.MeshClient;
import dev.weft.spring.Retry;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Every way to call a gRPC service by an interface, and that what is declared has effect. */
@Timeout(60)
class GrpcClientsOnTheMeshTest {
    private static Talker talker;

    @BeforeAll
    static void start() {
        talker = new Talker();
    }

    @AfterAll
    static void stop() {
        talker.close();
    }

    @MeshClient(service = "reviews:9080", grpc = WordsGrpc.class)
    interface Words extends Counts<String> {
        String say(String text);

        void say(String text, StreamObserver<String> answer);

        @MeshCall(timeout = "50ms")
        String say(Hints hints, String text);

        Stream<String> countTo(String last);

        StreamObserver<String> join(StreamObserver<String> answer);

        StreamObserver<String> chat(StreamObserver<String> answers);

        default String twice(String text) {
            return say(text) + say(text);
        }
    }

    interface Counts<T> {
        void countTo(T last, StreamObserver<T> answers);
    }

    @MeshClient(
            service = "${where:reviews:9080}",
            name = "later",
            grpc = WordsGrpc.class,
            timeout = "30s",
            retry = @Retry(attempts = 1, retryOn = "unavailable"))
    interface Later {
        CompletableFuture<String> say(String text);

        @MeshCall(idempotent = true)
        ListenableFuture<String> say(String text, Hints hints);

        Iterator<String> countTo(String last);
    }

    @MeshClient(service = "reviews:9080", name = "impatient", grpc = WordsGrpc.class, timeout = "50ms")
    interface Impatient {
        CompletableFuture<String> say(String text);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = {Words.class, Later.class, Impatient.class})
    static class Shop {}

    private static ApplicationContextRunner shop() {
        return shop(talker);
    }

    private static ApplicationContextRunner shop(Talker reviews) {
        return GrpcApplications.over(reviews.configuration()).withUserConfiguration(Shop.class);
    }

    @Test
    void methodsAreCalledAsTheyAreWritten() {
        shop().run(context -> {
            Words words = context.getBean(Words.class);
            assertThat(words.say("hello")).isEqualTo("hello");
            assertThat(words.twice("oh")).isEqualTo("ohoh");
            assertThat(words)
                    .hasToString("@MeshClient " + Words.class.getName() + " (reviews:9080)")
                    .isEqualTo(words)
                    .isNotEqualTo(context.getBean(Later.class));
            try (Stream<String> count = words.countTo("3")) {
                assertThat(count).containsExactly("1", "2", "3");
            }
            Heard one = new Heard();
            words.say("hello", one);
            Heard counted = new Heard();
            words.countTo("2", counted);
            Heard joined = new Heard();
            say(words.join(joined));
            Heard chatted = new Heard();
            say(words.chat(chatted));
            assertThat(all(one)).containsExactly("hello");
            assertThat(all(counted)).containsExactly("1", "2");
            assertThat(all(joined)).containsExactly("ab");
            assertThat(all(chatted)).containsExactly("a", "b");
            Later later = context.getBean(Later.class);
            assertThat(later.say("hello").get(10, TimeUnit.SECONDS)).isEqualTo("hello");
            assertThat(later.say("hello", Hints.NONE).get(10, TimeUnit.SECONDS)).isEqualTo("hello");
            assertThat(later.countTo("2")).toIterable().containsExactly("1", "2");
        });
    }

    private static void say(StreamObserver<String> words) {
        words.onNext("a");
        words.onNext("b");
        words.onCompleted();
    }

    private static List<String> all(Heard heard) throws Exception {
        return heard.all.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aCallEndsWithItsStreamAndWithItsFuture() {
        try (Talker own = new Talker()) {
            shop(own).run(context -> {
                try (Stream<String> count = context.getBean(Words.class).countTo("endless")) {
                    assertThat(count.findFirst()).contains("1");
                }
                assertThat(own.cancelled.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
                CompletableFuture<String> never = context.getBean(Later.class).say("never");
                assertThat(own.heard.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
                never.complete("enough");
                assertThat(own.cancelled.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            });
        }
    }

    @Test
    void whatIsDeclaredHoldsMethodByMethodAndSaysWhoDeclaredIt() {
        shop().run(context -> {
            Words words = context.getBean(Words.class);
            assertThatThrownBy(() -> words.say(Hints.NONE, "never"))
                    .hasMessageContaining("DEADLINE_EXCEEDED")
                    .hasMessageContaining("@MeshCall Words.say");
            Later later = context.getBean(Later.class);
            assertThat(context.getBean(Impatient.class).say("never"))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withMessageContaining("@MeshClient Impatient");
            assertThat(later.say("flaky idempotent", Hints.NONE).get(10, TimeUnit.SECONDS))
                    .isEqualTo("flaky idempotent");
            assertThat(later.say("flaky"))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withMessageContaining("UNAVAILABLE");
            assertThatThrownBy(() -> later.say("never", Hints.within(Duration.ofMillis(20)))
                            .get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("DEADLINE_EXCEEDED");
        });
    }

    @Test
    void anApplicationWithoutHttpClientsHasThemToo() {
        shop().withClassLoader(new FilteredClassLoader("org.springframework.web", "org.springframework.http"))
                .run(context ->
                        assertThat(context.getBean(Words.class).say("hello")).isEqualTo("hello"));
    }

    @Test
    void propertiesBeatAnnotationsAndAreNotWarnedOf() {
        shop().withPropertyValues("mesh.clients.reviews.timeout=40ms")
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(Words.class).say("never"))
                        .hasMessageContaining("mesh.clients.reviews"));
    }

    @Test
    void aChannelOfTheClientsNameTakesItElsewhereAlsoWithoutAMesh() {
        shop().withPropertyValues("mesh.enabled=false", "spring.grpc.client.channel.reviews.target=" + talker.direct())
                .run(context ->
                        assertThat(context.getBean(Words.class).say("hello")).isEqualTo("hello"));
    }
}
