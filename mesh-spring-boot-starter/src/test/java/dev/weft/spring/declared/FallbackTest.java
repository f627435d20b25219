package dev.weft.spring.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.request.LocalReply;
import dev.weft.spring.EnableMeshClients;
import dev.weft.spring.MeshClient;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.service.annotation.GetExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who answers when the service does not, and when nobody else may. */
class FallbackTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Wire wire = new Wire();
    private final ApplicationContextRunner shop = Clients.over(wire);

    @MeshClient(value = "reviews", fallback = NoReviews.class)
    interface Reviews {
        @GetExchange("/{id}")
        String byProduct(@PathVariable int id);
    }

    /** Made with what its constructor asks for: a client, which is made with all others. */
    static class NoReviews implements Reviews {
        private final Ratings ratings;

        NoReviews(Ratings ratings) {
            this.ratings = ratings;
        }

        @Override
        public String byProduct(int id) {
            if (id == 404) {
                throw new IllegalStateException("nothing is known of it");
            }
            return "no reviews of " + id + (id == 8 ? ", ratings " + ratings.all() : "");
        }
    }

    @MeshClient(value = "ratings", fallback = NoRatings.class)
    interface Ratings {
        @GetExchange("/")
        String all();
    }

    static class NoRatings implements Function<Throwable, @Nullable Ratings> {
        @Override
        public @Nullable Ratings apply(Throwable failure) {
            return failure instanceof HttpServerErrorException e
                            && e.getStatusCode().value() == 501
                    ? null
                    : () -> "none: " + failure.getClass().getSimpleName();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = {Reviews.class, Ratings.class})
    static class Shop {}

    private interface Check {
        void on(Reviews reviews, Ratings ratings);
    }

    private void inShop(Check check) {
        shop.withUserConfiguration(Shop.class)
                .run(context -> check.on(context.getBean(Reviews.class), context.getBean(Ratings.class)));
    }

    @Test
    void answersForServerErrorsIoErrorsAndTimeouts() {
        inShop((reviews, ratings) -> {
            assertThat(reviews.byProduct(7)).isEqualTo("ok");
            wire.status = 500;
            assertThat(reviews.byProduct(7)).isEqualTo("no reviews of 7");
            assertThat(ratings.all()).isEqualTo("none: InternalServerError");
            wire.status = 503;
            wire.headers = Map.of(LocalReply.REASON_HEADER, "no healthy host", LocalReply.FLAGS_HEADER, "UH");
            assertThat(ratings.all()).isEqualTo("none: ServiceUnavailable");
            wire.failure = new IOException("reset");
            assertThat(ratings.all()).isEqualTo("none: ResourceAccessException");
            wire.failure = new SocketTimeoutException("read");
            assertThat(reviews.byProduct(8)).isEqualTo("no reviews of 8, ratings none: ResourceAccessException");
        });
    }

    @Test
    void answersForTheMeshsOwn429AndNoOther4xx() {
        inShop((reviews, ratings) -> {
            for (int status : List.of(400, 404, 429)) {
                wire.status = status;
                wire.headers = Map.of();
                assertThatThrownBy(ratings::all).isInstanceOf(HttpClientErrorException.class);
            }
            wire.headers = Map.of(LocalReply.REASON_HEADER, "10/s", LocalReply.FLAGS_HEADER, "RL");
            assertThat(ratings.all()).isEqualTo("none: TooManyRequests");
            wire.status = 404;
            assertThatThrownBy(ratings::all).isInstanceOf(HttpClientErrorException.NotFound.class);
        });
    }

    @Test
    void aFunctionThatGivesNothingLetsTheErrorThrough() {
        inShop((reviews, ratings) -> {
            wire.status = 501;
            assertThatThrownBy(ratings::all).isInstanceOf(HttpServerErrorException.NotImplemented.class);
        });
    }

    @Test
    void anErrorOfTheFallbackComesWithTheFirstOne() {
        inShop((reviews, ratings) -> {
            wire.status = 500;
            assertThatThrownBy(() -> reviews.byProduct(404))
                    .isInstanceOf(IllegalStateException.class)
                    .satisfies(e -> assertThat(e.getSuppressed()[0]).isInstanceOf(HttpServerErrorException.class));
        });
    }

    @Test
    void anInterruptedCallerIsNotAnswered() {
        inShop((reviews, ratings) -> {
            wire.failure = new IOException("interrupted");
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(ratings::all).hasRootCauseMessage("interrupted");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = {Reviews.class, Ratings.class})
    static class WithBean {
        @Bean
        NoReviews noReviews(Ratings ratings) {
            return new NoReviews(ratings) {
                @Override
                public String byProduct(int id) {
                    return "the bean's";
                }
            };
        }
    }

    @Test
    void aBeanOfTheFallbacksClassIsTakenAndIsNotInjectedForTheClient() {
        shop.withUserConfiguration(WithBean.class).run(context -> {
            wire.status = 500;
            assertThat(context.getBean(Reviews.class).byProduct(7)).isEqualTo("the bean's");
            wire.status = 200;
            assertThat(context.getBean(Reviews.class).byProduct(7)).isEqualTo("ok");
        });
    }

    @MeshClient(value = "stock", fallback = NoStock.class)
    interface Stock {
        @GetExchange("/one")
        Mono<String> one();

        @GetExchange("/many")
        Flux<String> many();

        @GetExchange("/later")
        CompletableFuture<String> later();

        @GetExchange("/now")
        String now();
    }

    static class NoStock implements Stock {
        @Override
        public Mono<String> one() {
            return Mono.just("none");
        }

        @Override
        public Flux<String> many() {
            return Flux.just("no", "ne");
        }

        @Override
        public CompletableFuture<String> later() {
            return CompletableFuture.completedFuture("none later");
        }

        @Override
        public String now() {
            return "none now";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = Stock.class)
    static class Reactive {}

    @Test
    void reactiveMethodsAreAnsweredReactively() {
        shop.withUserConfiguration(Reactive.class).run(context -> {
            Stock stock = context.getBean(Stock.class);
            assertThat(stock.one().block(SOON)).isEqualTo("ok");
            assertThat(wire.last().uri()).hasToString("http://stock/one");
            assertThat(wire.last().defaults()).isNotNull();
            assertThat(stock.later()).succeedsWithin(SOON).isEqualTo("ok");
            wire.status = 503;
            Mono<String> one = stock.one();
            assertThat(one.block(SOON)).isEqualTo("none");
            wire.status = 200;
            assertThat(one.block(SOON)).as("a new subscription asks again").isEqualTo("ok");
            wire.failure = new IOException("reset");
            assertThat(stock.many().collectList().block(SOON)).containsExactly("no", "ne");
            assertThat(stock.later()).succeedsWithin(SOON).isEqualTo("none later");
            assertThat(stock.now()).isEqualTo("none now");
            wire.failure = null;
            wire.status = 404;
            assertThatThrownBy(() -> stock.one().block(SOON)).isInstanceOf(WebClientResponseException.NotFound.class);
        });
    }

    @Test
    void springsPropertiesOfAReactiveGroupCount() {
        shop.withUserConfiguration(Reactive.class)
                .withPropertyValues("spring.http.serviceclient.stock.base-url=http://localhost:8081")
                .run(context -> {
                    assertThat(context.getBean(Stock.class).one().block(SOON)).isEqualTo("ok");
                    assertThat(wire.last().uri()).hasToString("http://localhost:8081/one");
                });
    }

    @Test
    void aStreamThatHasBegunIsNotContinuedByTheFallback() {
        Flux<String> broken = Flux.concat(Flux.just("first"), Flux.error(new IOException("reset")));
        ReactiveFallback fallback = new ReactiveFallback(
                new Fallback(NoStock::new, Stock.class),
                java.util.Objects.requireNonNull(ReturnTypes.adapter(Flux.class)));
        Flux<?> result = (Flux<?>)
                fallback.after(broken, ReturnTypes.exchanges(Stock.class).get(0), new Object[0]);
        List<Object> seen = new java.util.ArrayList<>();
        assertThatThrownBy(() -> result.doOnNext(seen::add).blockLast(SOON)).hasRootCauseMessage("reset");
        assertThat(seen).containsExactly("first");
    }
}
