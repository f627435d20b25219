package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.OutlierDetection;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Hints;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tries whose time is over and that go on beside the next one. */
final class HedgingTest {
    private static final String URL = "http://reviews:9080/";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theNextTryIsSentBesideASlowOneAndTheFirstGoodAnswerWins() {
        Calls calls = hedging(null, 1, RetryOn.CONNECT_FAILURE);
        FakeAdapter call = begin(calls);
        calls.advance(999);
        assertThat(call.sent).hasSize(1);
        calls.advance(1);
        assertThat(call.commands).as("whatever retryOn says").containsExactly("send 1 to a:1", "send 2 to b:1");
        assertThat(call.last().kind()).isEqualTo(Attempt.Kind.HEDGE);
        FakeAdapter.answer(call.sent.get(0), 200);

        assertThat(call.commands).endsWith("cancel 2", "deliver 1 with 200");
        assertThat(call.delivered).isSameAs(call.sent.get(0));
        assertThat(calls.observer.attempts).containsExactly("HEDGE 2 0", "PRIMARY 1 200");
        assertThat(calls.observer.calls).hasSize(1);
        assertThat(calls.observer.calls.get(0).host().address()).isEqualTo("a:1");
        assertThat(calls.observer.calls.get(0).attempts()).isEqualTo(2);
        assertThat(calls.observer.calls.get(0).flags()).isEmpty();
        assertThat(call.exchange().explain().steps())
                .anySatisfy(step ->
                        assertThat(step).contains("each beside the one before it when that takes longer than 1 s"));
        calls.assertBooksClosed();
    }

    @Test
    void theLaterOneMayWin() {
        Calls calls = hedging(null, 2, RetryOn.CONNECT_FAILURE);
        FakeAdapter call = begin(calls);
        calls.advance(1_000);
        call.last().connected(true);
        calls.advance(1_000);
        FakeAdapter.answer(call.sent.get(1), 404);

        assertThat(call.commands)
                .containsExactly(
                        "send 1 to a:1",
                        "send 2 to b:1",
                        "send 3 to a:1",
                        "cancel 3",
                        "cancel 1",
                        "deliver 2 with 404");
        assertThat(call.exchange().explain().steps())
                .filteredOn(step -> step.startsWith("attempt"))
                .hasSize(3)
                .isSorted();
        calls.assertBooksClosed();
    }

    @Test
    void anErrorBeforeItsTimeIsRepeatedAsUsual() {
        Calls calls = hedging(null, 1, RetryOn.SERVER_ERROR);
        FakeAdapter call = begin(calls);
        call.answer(503);

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1", "send 2 to b:1");
        assertThat(call.last().kind()).isEqualTo(Attempt.Kind.RETRY);
    }

    @Test
    void anErrorAfterItIsDroppedWhileAnotherRuns() {
        Calls calls = hedging(null, 1, RetryOn.SERVER_ERROR);
        FakeAdapter call = begin(calls);
        calls.advance(1_000);
        FakeAdapter.answer(call.sent.get(0), 503);
        assertThat(call.commands).endsWith("send 2 to b:1", "cancel 1");
        call.answer(503);

        assertThat(call.commands).as("the last one is given to the caller").endsWith("deliver 2 with 503");
        calls.assertBooksClosed();
    }

    @Test
    void soIsTheNewestsErrorWhenItsRetriesAreUsedUp() {
        Calls calls = hedging(null, 1, RetryOn.SERVER_ERROR);
        FakeAdapter call = begin(calls);
        calls.advance(1_000);
        call.fail(Failure.RESET);
        assertThat(call.reply).isNull();
        FakeAdapter.answer(call.sent.get(0), 200);

        assertThat(call.commands).endsWith("deliver 1 with 200");
        calls.assertBooksClosed();
    }

    @Test
    void whenAllAreLostTheCallerIsTold() {
        Calls calls = hedging(null, 1, RetryOn.CONNECT_FAILURE);
        FakeAdapter call = begin(calls);
        calls.advance(1_000);
        call.fail(Failure.RESET);
        Attempt first = call.sent.get(0);
        first.failed(Failure.RESET, null);
        first.closed(new Attempt.Closed(0, 0, false, null));

        assertThat(call.commands).endsWith("reply 503 UC");
        calls.assertBooksClosed();
    }

    @Test
    void theLastTryIsBoundedByTheCallAlone() {
        Calls calls = hedging(Duration.ofSeconds(5), 1, RetryOn.RESET);
        FakeAdapter call = begin(calls);
        calls.advance(1_000);
        call.last().connected(true);
        calls.advance(3_999);
        assertThat(call.commands).hasSize(2);
        calls.advance(1);

        assertThat(call.commands).endsWith("cancel 2", "cancel 1", "reply 504 UT");
        assertThat(call.wish).isEqualTo(Long.MAX_VALUE);
        calls.assertBooksClosed();
    }

    @Test
    void aHedgeWaitsForItsBackOffAndIsNotMadeWhenTheAnswerComesMeanwhile() {
        Calls calls = hedging(null, 1, RetryOn.RESET);
        FakeAdapter call = begin(calls);
        calls.world.dice(20_000_000);
        calls.advance(1_000);
        assertThat(call.sent).hasSize(1);
        FakeAdapter.answer(call.sent.get(0), 200);
        calls.advance(20);

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 200");
        calls.assertBooksClosed();
    }

    @Test
    void theServerIsToldTheCallsTimeAndNotThatOfATry() {
        Calls calls = hedging(Duration.ofSeconds(5), 1, RetryOn.RESET);
        FakeAdapter call = begin(calls);

        assertThat(call.last().head().headers().first(Deadline.HEADER)).isEqualTo("5000");
        assertThat(call.last().head().headers().first("x-envoy-expected-rq-timeout-ms"))
                .isEqualTo("5000");
        assertThat(call.last().deadlineNanos()).isEqualTo(5_000_000_000L);
    }

    @Test
    void whoCannotHaveTwoInFlightGivesTheSlowOneUp() {
        Calls calls = hedging(null, 1, RetryOn.RESET);
        FakeAdapter call = Calls.begin(calls.prepare(
                Calls.head("GET", URL, "x-request-id", "x"),
                ExchangeOptions.NONE,
                new Abilities(false, true, true, true, true)));
        call.last().connected(true);
        calls.advance(1_000);

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1", "send 2 to b:1");
        assertThat(call.exchange().explain().steps())
                .contains("not hedged: the client in use has one attempt at a time");
    }

    @Test
    void aCallThatMayNotBeRepeatedIsNotHedgedAndNotCutShort() {
        Calls calls = hedging(null, 1, RetryOn.RESET);
        FakeAdapter hinted = Calls.begin(calls.get(
                URL, new ExchangeOptions(Hints.NONE.withoutRetry(), Deadline.NONE, true), "x-request-id", "x"));
        hinted.last().connected(true);
        FakeAdapter streamed = begin(calls);
        streamed.exchange().bodyNotReplayable();
        calls.advance(60_000);
        hinted.answer(200);
        streamed.answer(200);

        assertThat(hinted.commands).containsExactly("send 1 to a:1", "deliver 1 with 200");
        assertThat(streamed.commands).containsExactly("send 1 to b:1", "deliver 1 with 200");
    }

    @Test
    void aHedgeThatFindsNoPlaceIsLeftOut() {
        Calls calls = new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(), Snapshots.forward("reviews", null, policy(2, RetryOn.RESET))))
                .cluster(
                        Snapshots.cluster(
                                "reviews",
                                new LoadBalancingPolicy.RoundRobin(null),
                                new CircuitBreakers(CircuitBreakers.UNLIMITED, CircuitBreakers.UNLIMITED, 1, 3, null),
                                null),
                        "a:1")
                .snapshot());
        FakeAdapter call = begin(calls);
        calls.advance(1_000);
        assertThat(call.commands).containsExactly("send 1 to a:1");
        call.fail(Failure.RESET);

        assertThat(call.commands).as("its own failure is a case again").endsWith("send 2 to a:1");
        call.answer(200);
        calls.assertBooksClosed();
    }

    @Test
    void theRetryLimitHoldsForHedgesToo() {
        Calls calls = new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(), Snapshots.forward("reviews", null, policy(2, RetryOn.RESET))))
                .cluster(
                        Snapshots.cluster(
                                "reviews",
                                new LoadBalancingPolicy.RoundRobin(null),
                                new CircuitBreakers(
                                        CircuitBreakers.UNLIMITED,
                                        CircuitBreakers.UNLIMITED,
                                        CircuitBreakers.UNLIMITED,
                                        1,
                                        null),
                                null),
                        "a:1",
                        "b:1")
                .snapshot());
        FakeAdapter first = begin(calls);
        FakeAdapter second = begin(calls);
        calls.advance(1_000);

        assertThat(first.sent).hasSize(2);
        assertThat(second.sent).hasSize(1);
        first.answer(200);
        second.answer(200);
        calls.assertBooksClosed();
    }

    @Test
    void aHostThatIsLateIsAccusedOnce() {
        OutlierDetection second =
                new OutlierDetection(2, 100, 0, 0, false, 0, 0, Duration.ofSeconds(10), SECOND, SECOND, 100, true);
        Calls calls = new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(),
                                Snapshots.forward("reviews", Duration.ofSeconds(3), policy(0, RetryOn.RESET))))
                .cluster(
                        Snapshots.neverPanicking(Snapshots.cluster(
                                "reviews", new LoadBalancingPolicy.RoundRobin(null), CircuitBreakers.NONE, second)),
                        "a:1")
                .snapshot());
        FakeAdapter call = begin(calls);
        calls.advance(3_000);
        assertThat(call.commands).endsWith("reply 504 UT");
        assertThat(calls.live("reviews").upstream.ejected()).isZero();
        begin(calls);
        calls.advance(1_000);

        assertThat(calls.live("reviews").upstream.ejected())
                .as("the time of its next try is the second")
                .isEqualTo(1);
    }

    private static FakeAdapter begin(Calls calls) {
        FakeAdapter call = calls.get(URL, "x-request-id", "x");
        call.last().connected(true);
        return call;
    }

    private static Calls hedging(@Nullable Duration timeout, int retries, RetryOn... on) {
        return Calls.to(timeout, policy(retries, on), "a:1", "b:1");
    }

    private static RetryPolicy policy(int retries, RetryOn... on) {
        return Calls.within(SECOND, Calls.retry(retries, on)).withHedges(true);
    }
}
