package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Fraction;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.Mirror;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Hints;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Copies that nobody waits for. */
final class MirrorsTest {

    @Test
    void aCopyGoesFirstAndChangesNothing() {
        Calls calls = calls(Calls.retry(1, RetryOn.SERVER_ERROR), new Mirror("shadow", Fraction.ALL));
        FakeAdapter call = calls.get("http://reviews:9080/");
        FakeAdapter.answer(call.sent.get(0), 503);
        call.answer(200);

        assertThat(call.commands).containsExactly("send mirror to s:1", "send 1 to a:1", "deliver 1 with 200");
        assertThat(call.sent.get(0).kind()).isEqualTo(Attempt.Kind.MIRROR);
        assertThat(calls.observer.attempts).containsExactly("MIRROR 0 503", "PRIMARY 1 200");
        assertThat(calls.observer.calls).hasSize(1);
        calls.assertBooksClosed();
    }

    @Test
    void aRetryIsNotCopied() {
        Calls calls = calls(Calls.retry(1, RetryOn.SERVER_ERROR), new Mirror("shadow", Fraction.ALL));
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.answer(503);

        assertThat(call.commands).containsExactly("send mirror to s:1", "send 1 to a:1", "cancel 1", "send 2 to a:1");
    }

    @Test
    void aFailingCopyIsForgotten() {
        Calls calls = calls(RetryPolicy.NONE, new Mirror("shadow", Fraction.ALL));
        FakeAdapter call = calls.get("http://reviews:9080/");
        Attempt copy = call.sent.get(0);
        copy.failed(Failure.CONNECT, null);
        copy.closed(new Attempt.Closed(0, 0, false, null));
        call.answer(200);

        assertThat(call.commands).endsWith("deliver 1 with 200");
        calls.assertBooksClosed();
    }

    @Test
    void aCopyEndsWithTheCallsTimeEvenWhenTheCallIsOver() {
        Calls calls = calls(RetryPolicy.NONE, new Mirror("shadow", Fraction.ALL));
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.answer(200);
        calls.advance(1_000);

        assertThat(call.commands).endsWith("deliver 1 with 200", "cancel mirror");
        assertThat(call.wish).isEqualTo(Long.MAX_VALUE);
        calls.assertBooksClosed();
    }

    @Test
    void eachHasDiceOfItsOwn() {
        Fraction half = new Fraction(50, 100);
        Calls calls = calls(RetryPolicy.NONE, new Mirror("shadow", half), new Mirror("shadow", half));
        calls.world.dice(50, 49);

        assertThat(calls.get("http://reviews:9080/").commands).containsExactly("send mirror to s:1", "send 1 to a:1");
    }

    @Test
    void aCopyThatCannotBeSentIsLeftOutAndSaid() {
        Calls calls = calls(
                RetryPolicy.NONE,
                new Mirror("shadow", Fraction.ALL),
                new Mirror("gone", Fraction.ALL),
                new Mirror("full", Fraction.ALL),
                new Mirror("empty", Fraction.ALL));
        FakeAdapter call = calls.get("http://reviews:9080/");

        assertThat(call.exchange().explain().steps())
                .contains(
                        "mirror on s:1",
                        "mirror to gone left out: no such cluster",
                        "mirror to full left out: the cluster's request limit is reached",
                        "mirror to empty left out: no healthy host, it has no hosts");
    }

    @Test
    void aBodyThatStreamsIsNotCopied() {
        Calls calls = calls(RetryPolicy.NONE, new Mirror("shadow", Fraction.ALL));
        FakeAdapter call =
                Calls.begin(calls.get("http://reviews:9080/", new ExchangeOptions(Hints.NONE, Deadline.NONE, false)));

        assertThat(call.commands).containsExactly("send 1 to a:1");
        assertThat(call.exchange().explain().toString()).contains("the request body cannot be sent twice");
    }

    @Test
    void aClientThatCannotCopyIsNotAsked() {
        Calls calls = calls(RetryPolicy.NONE, new Mirror("shadow", Fraction.ALL));
        FakeAdapter call = Calls.begin(calls.prepare(
                Calls.head("GET", "http://reviews:9080/"),
                ExchangeOptions.NONE,
                new Abilities(false, false, false, false, false)));

        assertThat(call.commands).containsExactly("send 1 to a:1");
    }

    private static Calls calls(RetryPolicy retry, Mirror... mirrors) {
        long none = CircuitBreakers.UNLIMITED;
        return new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(),
                                new RouteAction.Forward(
                                        List.of(Snapshots.weighted("reviews", 1)),
                                        Duration.ofSeconds(1),
                                        null,
                                        retry,
                                        List.of(),
                                        Rewrite.NONE,
                                        List.of(mirrors))))
                .cluster(Snapshots.cluster("reviews"), "a:1")
                .cluster(Snapshots.cluster("shadow"), "s:1")
                .cluster(Snapshots.cluster("empty"))
                .cluster(
                        Snapshots.cluster(
                                "full",
                                new LoadBalancingPolicy.RoundRobin(null),
                                new CircuitBreakers(none, none, 0, none, null),
                                null),
                        "f:1")
                .snapshot());
    }
}
