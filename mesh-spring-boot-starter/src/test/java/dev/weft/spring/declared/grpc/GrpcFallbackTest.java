package dev.weft.spring.declared.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.weft.request.Hints;
import dev.weft.spring.EnableMeshClients;
import dev.weft.spring.MeshClient;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who answers when a gRPC service does not. */
@Timeout(60)
class GrpcFallbackTest {
    private static final AtomicInteger CLOSED = new AtomicInteger();

    private static Talker talker;

    @BeforeAll
    static void start() {
        talker = new Talker();
    }

    @AfterAll
    static void stop() {
        talker.close();
    }

    @MeshClient(service = "reviews:9080", name = "waiting", grpc = WordsGrpc.class, fallback = Instead.class)
    interface Waiting {
        String say(String text);

        void say(String text, StreamObserver<String> answer);

        Stream<String> countTo(String last);

        StreamObserver<String> chat(StreamObserver<String> answers);
    }

    /** A bean of the application's own, which has the interface as well. */
    static class Instead implements Waiting {
        @Override
        public String say(String text) {
            return "instead of " + text;
        }

        @Override
        public void say(String text, StreamObserver<String> answer) {
            answer.onNext(say(text));
            answer.onCompleted();
        }

        @Override
        public Stream<String> countTo(String last) {
            return Stream.of("none").onClose(CLOSED::incrementAndGet);
        }

        @Override
        public StreamObserver<String> chat(StreamObserver<String> answers) {
            throw new UnsupportedOperationException();
        }
    }

    @MeshClient(service = "reviews:9080", name = "later", grpc = WordsGrpc.class, fallback = Sometimes.class)
    interface Later {
        CompletableFuture<String> say(String text);

        ListenableFuture<String> say(String text, Hints hints);

        Iterator<String> countTo(String last);
    }

    /** Has nothing where data was lost. */
    static class Sometimes implements Function<Throwable, @Nullable Later> {
        @Override
        public @Nullable Later apply(Throwable failure) {
            Status.Code code = Status.fromThrowable(failure).getCode();
            return code == Status.Code.DATA_LOSS ? null : new Other(code);
        }
    }

    private record Other(Status.Code code) implements Later {
        @Override
        public CompletableFuture<String> say(String text) {
            return CompletableFuture.completedFuture("later than " + text);
        }

        @Override
        public ListenableFuture<String> say(String text, Hints hints) {
            throw new IllegalStateException("nor here");
        }

        @Override
        public Iterator<String> countTo(String last) {
            return List.of(code.name()).iterator();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = {Waiting.class, Later.class})
    static class Shop {
        @Bean
        Instead instead() {
            return new Instead();
        }
    }

    private static ApplicationContextRunner shop() {
        return GrpcApplications.over(talker.configuration()).withUserConfiguration(Shop.class);
    }

    @Test
    void statusesOfWhichTheServiceIsToBlameAreAnsweredInstead() {
        shop().run(context -> {
            Waiting waiting = context.getBean(Waiting.class);
            for (Status.Code code : Status.Code.values()) {
                switch (code) {
                    case OK -> assertThat(waiting.say("hello")).isEqualTo("hello");
                    case UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL, UNKNOWN, DATA_LOSS ->
                        assertThat(waiting.say(code.name())).isEqualTo("instead of " + code);
                    default ->
                        assertThatThrownBy(() -> waiting.say(code.name())).hasMessageContaining(code.name());
                }
            }
        });
    }

    @Test
    void theFallbackSpeaksTheMethodsOwnWay() {
        shop().run(context -> {
            Waiting waiting = context.getBean(Waiting.class);
            Heard said = new Heard();
            waiting.say("UNAVAILABLE", said);
            assertThat(said.all.get(10, TimeUnit.SECONDS)).containsExactly("instead of UNAVAILABLE");
            try (Stream<String> count = waiting.countTo("0 UNAVAILABLE")) {
                assertThat(count).containsExactly("none");
            }
            assertThat(CLOSED).hasValue(1);
            Later later = context.getBean(Later.class);
            assertThat(later.say("UNAVAILABLE").get(10, TimeUnit.SECONDS)).isEqualTo("later than UNAVAILABLE");
            assertThat(later.countTo("0 INTERNAL")).toIterable().containsExactly("INTERNAL");
        });
    }

    @Test
    void afterTheFirstReplyAFailureIsTheCallers() {
        shop().run(context -> {
            Iterator<String> count = context.getBean(Later.class).countTo("1 UNAVAILABLE");
            assertThat(count.next()).isEqualTo("1");
            assertThatThrownBy(count::hasNext).hasMessageContaining("UNAVAILABLE");
        });
    }

    @Test
    void whereTheFallbackHasNothingTheFailureIsTheCallersAndItsOwnCarriesTheFirst() {
        shop().run(context -> {
            Later later = context.getBean(Later.class);
            assertThatThrownBy(() -> later.say("DATA_LOSS").get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("DATA_LOSS");
            assertThatThrownBy(() -> Futures.getUnchecked(later.say("UNAVAILABLE", Hints.NONE)))
                    .hasRootCauseMessage("nor here")
                    .cause()
                    .satisfies(own -> assertThat(own.getSuppressed()[0]).hasMessageContaining("UNAVAILABLE"));
        });
    }
}
