package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.CircuitBreakers.RetryBudget;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Hints;
import dev.weft.request.ResponseFlag;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which attempts are repeated, how often, when and where. */
final class RetriesTest {

    @TestFactory
    Stream<DynamicTest> failuresAreRepeatedOn() {
        return Stream.of(RetryOn.values())
                .map(word -> DynamicTest.dynamicTest(
                        word.word(), () -> assertThat(failuresRepeatedOn(word)).isEqualTo(expectedFailures(word))));
    }

    private static Set<Failure> failuresRepeatedOn(RetryOn word) {
        EnumSet<Failure> repeated = EnumSet.noneOf(Failure.class);
        for (Failure failure : Failure.values()) {
            Calls calls = Calls.to(null, Calls.within(Duration.ofSeconds(1), Calls.retry(1, word)), "a:1");
            FakeAdapter call = calls.get("http://reviews:9080/");
            if (failure == Failure.TIMEOUT) {
                call.last().connected(false);
                calls.advance(1_000);
            } else {
                call.fail(failure);
            }
            if (call.sent.size() == 2) {
                repeated.add(failure);
            }
        }
        return repeated;
    }

    private static Set<Failure> expectedFailures(RetryOn word) {
        return switch (word) {
            case SERVER_ERROR, GATEWAY_ERROR, RESET -> EnumSet.complementOf(EnumSet.of(Failure.POOL_OVERFLOW));
            case CONNECT_FAILURE -> EnumSet.of(Failure.CONNECT, Failure.TLS);
            case RESET_BEFORE_REQUEST -> EnumSet.of(Failure.CONNECT, Failure.TLS, Failure.RESET_BEFORE_REQUEST);
            case REFUSED_STREAM -> EnumSet.of(Failure.REFUSED_STREAM);
            default -> EnumSet.noneOf(Failure.class);
        };
    }

    @TestFactory
    Stream<DynamicTest> answersAreRepeatedOn() {
        return Stream.of(
                        new Answers(RetryOn.SERVER_ERROR, "500 502 503 504"),
                        new Answers(RetryOn.GATEWAY_ERROR, "502 503 504"),
                        new Answers(RetryOn.RETRIABLE_4XX, "409"),
                        new Answers(RetryOn.RETRIABLE_STATUS_CODES, "418"),
                        new Answers(RetryOn.RESET, ""),
                        new Answers(RetryOn.CONNECT_FAILURE, ""))
                .map(answers -> DynamicTest.dynamicTest(answers.word.word(), answers::check));
    }

    private record Answers(RetryOn word, String repeated) {
        void check() {
            StringBuilder seen = new StringBuilder();
            for (int status : new int[] {200, 404, 409, 418, 500, 502, 503, 504}) {
                RetryPolicy policy = new RetryPolicy(
                        Set.of(word), Set.of(418), 1, null, Duration.ofMillis(25), Duration.ofMillis(250), false, 1, 0);
                FakeAdapter call = Calls.to(null, policy, "a:1").get("http://reviews:9080/");
                call.answer(status);
                if (call.sent.size() == 2) {
                    seen.append(seen.isEmpty() ? "" : " ").append(status);
                }
            }
            assertThat(seen.toString()).isEqualTo(repeated);
        }
    }

    @Test
    void grpcWordsAreReadFromAnAnswerWithoutBody() {
        Calls calls = Calls.to(null, Calls.retry(1, RetryOn.UNAVAILABLE), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.answer(200, "content-type", "application/grpc", "grpc-status", "14");
        assertThat(call.sent).hasSize(2);

        FakeAdapter other = calls.get("http://reviews:9080/");
        other.answer(200, "content-type", "application/grpc", "grpc-status", "5");
        assertThat(other.sent).hasSize(1);
    }

    @Test
    void whoSaysHeIsOverloadedIsLeftAlone() {
        FakeAdapter call =
                Calls.to(null, Calls.retry(1, RetryOn.SERVER_ERROR), "a:1").get("http://reviews:9080/");
        call.answer(503, "x-envoy-overloaded", "true");

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 503");
    }

    @Test
    void theLastAnswerIsDeliveredWhenAllRetriesAreUsedUp() {
        Calls calls = Calls.to(null, Calls.retry(2, RetryOn.SERVER_ERROR), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.answer(503);
        call.answer(502);
        call.answer(500);

        assertThat(call.commands)
                .containsExactly(
                        "send 1 to a:1",
                        "cancel 1",
                        "send 2 to a:1",
                        "cancel 2",
                        "send 3 to a:1",
                        "deliver 3 with 500");
        assertThat(call.exchange().flags()).containsExactly(ResponseFlag.URX);
        assertThat(call.last().head().headers().first("x-envoy-attempt-count")).isEqualTo("3");
        assertThat(calls.observer.attempts).containsExactly("PRIMARY 1 503", "RETRY 2 502", "RETRY 3 500");
        calls.assertBooksClosed();
    }

    @Test
    void theLastFailureIsAnsweredWhenAllRetriesAreUsedUp() {
        Calls calls = Calls.to(null, Calls.retry(1, RetryOn.CONNECT_FAILURE), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.fail(Failure.CONNECT);
        call.fail(Failure.CONNECT);

        assertThat(call.commands).containsExactly("send 1 to a:1", "send 2 to a:1", "reply 503 UF,URX");
        assertThat(call.reply.body()).contains("retried and the latest reset reason: connection failure");
        calls.assertBooksClosed();
    }

    @Test
    void retriesWaitForTheirBackOff() {
        Calls calls = Calls.to(null, Calls.retry(2, RetryOn.SERVER_ERROR), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/", "x-request-id", "x");
        calls.world.dice(20_000_000, 45_000_000);
        call.answer(503);
        calls.advance(19);
        assertThat(call.sent).hasSize(1);
        calls.advance(1);
        assertThat(call.sent).hasSize(2);
        call.answer(503);
        calls.advance(44);
        assertThat(call.sent).as("the second draw is from twice the range").hasSize(2);
        calls.advance(1);
        assertThat(call.sent).hasSize(3);
    }

    @Test
    void previousHostsAreAvoidedWhileThereAreOthers() {
        RetryPolicy policy = new RetryPolicy(
                Set.of(RetryOn.SERVER_ERROR),
                Set.of(),
                2,
                null,
                Duration.ofMillis(25),
                Duration.ofMillis(250),
                true,
                5,
                0);
        Calls calls = new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(RouteMatch.everything(), Snapshots.forward("reviews", null, policy)))
                .cluster(
                        Snapshots.cluster("reviews", new LoadBalancingPolicy.Random(), CircuitBreakers.NONE, null),
                        "a:1",
                        "b:1")
                .snapshot());
        FakeAdapter call = calls.get("http://reviews:9080/", "x-request-id", "x");
        calls.world.dice(0, 0, 0, 1);
        call.answer(503);
        assertThat(call.commands).as("drawn a, a, then b").endsWith("send 2 to b:1");

        call.answer(503);
        assertThat(call.commands)
                .as("six draws, all tried: the last one stands")
                .endsWith("send 3 to a:1");
    }

    @Test
    void theCallersHintForbidsThem() {
        Calls calls = Calls.to(null, Calls.retry(2, RetryOn.SERVER_ERROR), "a:1");
        FakeAdapter call = Calls.begin(calls.get(
                "http://reviews:9080/",
                new ExchangeOptions(Hints.NONE.withoutRetry(), dev.weft.request.Deadline.NONE, true)));
        call.answer(503);

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 503");
        assertThat(call.exchange().explain().toString()).contains("the caller asked for one attempt");
    }

    @Test
    void maxRetriesBoundsThoseThatWaitOrRun() {
        Calls calls = limited(new CircuitBreakers(
                CircuitBreakers.UNLIMITED, CircuitBreakers.UNLIMITED, CircuitBreakers.UNLIMITED, 1, null));
        FakeAdapter first = calls.get("http://reviews:9080/");
        FakeAdapter second = calls.get("http://reviews:9080/");
        first.answer(503);
        second.answer(503);
        assertThat(second.commands).containsExactly("send 1 to a:1", "deliver 1 with 503");
        assertThat(second.exchange().flags()).containsExactly(ResponseFlag.UO);

        first.answer(200);
        FakeAdapter third = calls.get("http://reviews:9080/");
        third.answer(503);
        assertThat(third.sent).as("the place is free again").hasSize(2);
        third.answer(503);
        calls.assertBooksClosed();
    }

    @Test
    void aRetryBudgetIsAShareOfWhatRuns() {
        Calls calls = limited(new CircuitBreakers(
                CircuitBreakers.UNLIMITED,
                CircuitBreakers.UNLIMITED,
                CircuitBreakers.UNLIMITED,
                3,
                new RetryBudget(50, 0)));
        FakeAdapter first = calls.get("http://reviews:9080/");
        first.answer(503);
        assertThat(first.sent).as("50 % of the one that is running are none").hasSize(1);

        FakeAdapter other = calls.get("http://reviews:9080/");
        FakeAdapter another = calls.get("http://reviews:9080/");
        FakeAdapter second = calls.get("http://reviews:9080/");
        second.answer(503);
        assertThat(second.sent).hasSize(2);
        other.answer(200);
        another.answer(200);
        second.answer(200);
        calls.assertBooksClosed();
    }

    @Test
    void withoutAWordAboutItTheDefaultBudgetHolds() {
        Calls calls = Calls.to(null, Calls.retry(3, RetryOn.SERVER_ERROR), "a:1");
        int sent = 0;
        for (int i = 0; i < 100; i++) {
            FakeAdapter call =
                    calls.prepare(Calls.head("GET", "http://reviews:9080/"), ExchangeOptions.NONE, Calls.ALL);
            call.onSend = attempt -> FakeAdapter.answer(attempt, 503);
            Calls.begin(call);
            sent += call.sent.size();
        }

        assertThat(sent - 100).as("20 % of 100, and 10").isEqualTo(30);
    }

    @Test
    void thePolicyOfNoRetriesFlagsNothing() {
        FakeAdapter call = Calls.to(null, RetryPolicy.NONE, "a:1").get("http://reviews:9080/");
        call.answer(503);

        assertThat(call.exchange().flags()).isEmpty();
    }

    private static Calls limited(CircuitBreakers breakers) {
        return new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(),
                                Snapshots.forward("reviews", null, Calls.retry(1, RetryOn.SERVER_ERROR))))
                .cluster(Snapshots.cluster("reviews", new LoadBalancingPolicy.RoundRobin(null), breakers, null), "a:1")
                .snapshot());
    }
}
