package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Fraction;
import dev.weft.config.Mirror;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Headers;
import dev.weft.request.Hints;
import dev.weft.request.ResponseHead;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Request bodies that are on their way when attempts are made, and are kept so that they can be sent from their beginning. */
final class StreamingBodiesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ExchangeOptions STREAM =
            new ExchangeOptions(Hints.NONE, Deadline.NONE, true, false, false, CallDefaults.NONE);

    @Test
    void aBodyThatIsNotWholeYetIsSentAgain() {
        Calls calls = Calls.to(null, Calls.retry(2, RetryOn.SERVER_ERROR, RetryOn.RESET), "a:1");
        FakeAdapter call = begin(calls);
        call.fail(Failure.RESET);
        call.answer(503);
        call.exchange().requestComplete();
        call.answer(200);

        assertThat(call.commands)
                .containsExactly("send 1 to a:1", "send 2 to a:1", "cancel 2", "send 3 to a:1", "deliver 3 with 200");
        calls.assertBooksClosed();
    }

    @Test
    void oneThatGrewTooLargeIsNot() {
        FakeAdapter call = begin(Calls.to(null, Calls.retry(2, RetryOn.RESET), "a:1"));
        call.exchange().bodyNotReplayable();
        call.fail(Failure.RESET);

        assertThat(call.commands).containsExactly("send 1 to a:1", "reply 503 UC");
        assertThat(call.reply.reason()).contains("the request body cannot be sent again");
    }

    @Test
    void theRoutesTimeAndThatOfATryBeginWithItsEnd() {
        Calls calls =
                Calls.to(Duration.ofSeconds(5), Calls.within(SECOND, Calls.retry(1, RetryOn.RESET)), "a:1", "b:1");
        FakeAdapter call = begin(calls);
        call.last().connected(false);
        calls.advance(60_000);
        assertThat(call.commands).containsExactly("send 1 to a:1");
        call.exchange().requestComplete();
        calls.advance(1_000);
        assertThat(call.commands).endsWith("cancel 1", "send 2 to b:1");
        call.last().connected(false);
        calls.advance(1_000);

        assertThat(call.commands).endsWith("cancel 2", "reply 504 URX,UT");
        calls.assertBooksClosed();
    }

    @Test
    void aConversationIsBoundedByTheCallerAlone() {
        Calls calls = Calls.to(SECOND, Calls.within(SECOND, RetryPolicy.NONE), "a:1");
        FakeAdapter call = Calls.begin(calls.get(
                "http://reviews:9080/",
                new ExchangeOptions(
                        Hints.within(Duration.ofMinutes(2)), Deadline.NONE, true, false, false, CallDefaults.NONE)));
        call.last().connected(false);
        call.last().headers(new ResponseHead(200, Headers.EMPTY), false);
        calls.advance(119_999);
        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 200");
        calls.advance(1);

        assertThat(call.commands).endsWith("cancel 1");
    }

    @Test
    void copiesAreSentWhileItStreams() {
        Calls calls = new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(),
                                new RouteAction.Forward(
                                        List.of(Snapshots.weighted("reviews", 1)),
                                        null,
                                        null,
                                        RetryPolicy.NONE,
                                        List.of(),
                                        Rewrite.NONE,
                                        List.of(new Mirror("shadow", Fraction.ALL)))))
                .cluster(Snapshots.cluster("reviews"), "a:1")
                .cluster(Snapshots.cluster("shadow"), "s:1")
                .snapshot());

        assertThat(begin(calls).commands).containsExactly("send mirror to s:1", "send 1 to a:1");
    }

    private static FakeAdapter begin(Calls calls) {
        return Calls.begin(calls.get("http://reviews:9080/", STREAM));
    }
}
