package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.weft.request.ResponseFlag;
import dev.weft.request.ResponseHead;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The route's time for the whole call, and the time of one try. */
final class TimeoutsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ExchangeOptions STREAMING = new ExchangeOptions(Hints.NONE, Deadline.NONE, false);

    @Test
    void aCallThatTakesTooLongIsAnswered504() {
        Calls calls = Calls.to(SECOND, RetryPolicy.NONE, "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        calls.advance(999);
        assertThat(call.reply).isNull();
        calls.advance(1);

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1", "reply 504 UT");
        assertThat(call.reply.body()).isEqualTo("upstream request timeout");
        assertThat(call.reply.reason()).contains("cluster reviews", "the timeout of the route passed (UT) after 1 s");
        assertThat(call.wish).isEqualTo(Long.MAX_VALUE);
        calls.assertBooksClosed();
    }

    @Test
    void aServerThatResetsWhenItsTimeIsOverHasNotLostTheCall() {
        Calls calls = Calls.to(SECOND, RetryPolicy.NONE, "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        calls.advance(999);
        call.fail(Failure.RESET);

        assertThat(call.commands).endsWith("reply 504 UT");
        calls.assertBooksClosed();
    }

    @Test
    void aServerThatResetsEarlierHasLostIt() {
        Calls calls = Calls.to(SECOND, RetryPolicy.NONE, "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        calls.advance(998);
        call.fail(Failure.RESET);

        assertThat(call.commands).endsWith("reply 503 UC");
        calls.assertBooksClosed();
    }

    @Test
    void theRoutesTimeCoversAllTriesAndTheirBackOff() {
        Calls calls = Calls.to(SECOND, Calls.retry(9, RetryOn.SERVER_ERROR), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/", "x-request-id", "x");
        calls.advance(990);
        calls.world.dice(9_000_000);
        call.answer(503);
        calls.advance(9);
        assertThat(call.sent).hasSize(2);
        calls.advance(1);
        assertThat(call.commands).endsWith("cancel 2", "reply 504 UT");
    }

    @Test
    void aBackOffThatWouldPassItIsNotBegun() {
        Calls calls = Calls.to(SECOND, Calls.retry(9, RetryOn.SERVER_ERROR), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/", "x-request-id", "x");
        calls.advance(990);
        calls.world.dice(10_000_000);
        call.answer(503);

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 503");
        assertThat(call.exchange().explain().toString()).contains("the back-off would pass the deadline");
        calls.assertBooksClosed();
    }

    @Test
    void theRoutesTimeEndsABodyThatDoesNotEnd() {
        Calls calls = Calls.to(SECOND, RetryPolicy.NONE, "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.last().headers(new ResponseHead(200, Headers.EMPTY), false);
        calls.advance(1_000);

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 200", "cancel 1");
        assertThat(calls.observer.calls).hasSize(1);
        assertThat(calls.observer.calls.get(0).flags()).containsExactly(ResponseFlag.UT);
    }

    @Test
    void aTryThatTakesTooLongIsRepeatedWhereResetsAre() {
        Calls calls = Calls.to(null, Calls.within(SECOND, Calls.retry(1, RetryOn.RESET)), "a:1", "b:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.last().connected(false);
        calls.advance(1_000);
        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1", "send 2 to b:1");
        call.last().connected(true);
        calls.advance(1_000);

        assertThat(call.commands).endsWith("cancel 2", "reply 504 URX,UT");
        assertThat(call.reply.reason()).contains("no response within the time of one try");
        calls.assertBooksClosed();
    }

    @Test
    void underIstiosDefaultItIsNot() {
        Calls calls = Calls.to(
                null,
                Calls.within(
                        SECOND,
                        Calls.retry(
                                2,
                                RetryOn.CONNECT_FAILURE,
                                RetryOn.REFUSED_STREAM,
                                RetryOn.UNAVAILABLE,
                                RetryOn.CANCELLED,
                                RetryOn.RETRIABLE_STATUS_CODES)),
                "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.last().connected(false);
        calls.advance(1_000);

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1", "reply 504 UT");
    }

    @Test
    void theTimeOfATryBeginsWithItsConnection() {
        Calls calls = Calls.to(null, Calls.within(SECOND, RetryPolicy.NONE), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        calls.advance(5_000);
        assertThat(call.last().deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        call.last().requestSent();
        assertThat(call.last().deadlineNanos()).isEqualTo(6_000_000_000L);
        calls.advance(999);
        assertThat(call.reply).isNull();
        calls.advance(1);
        assertThat(call.commands).endsWith("reply 504 UT");
    }

    @Test
    void theTimeOfATryDoesNotBoundTheBody() {
        Calls calls = Calls.to(null, Calls.within(SECOND, RetryPolicy.NONE), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.last().connected(true);
        call.last().headers(new ResponseHead(200, Headers.EMPTY), false);
        calls.advance(60_000);

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 200");
    }

    @Test
    void aTimeOfATryThatIsNotShorterThanTheRoutesIsIgnored() {
        Calls calls = Calls.to(SECOND, Calls.within(SECOND, Calls.retry(3, RetryOn.RESET)), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.last().connected(false);
        calls.advance(1_000);

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1", "reply 504 UT");
    }

    @Test
    void anAdapterThatBoundsItsOwnTimeReportsTheSame() {
        Calls calls = Calls.to(null, Calls.within(SECOND, Calls.retry(1, RetryOn.RESET)), "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.last().connected(false);
        call.wish = 0;
        calls.advance(0);
        call.fail(Failure.TIMEOUT);

        assertThat(call.commands).containsExactly("send 1 to a:1", "send 2 to a:1");
    }

    @Test
    void aStreamingRequestsTimeBeginsWhenItIsWhole() {
        Calls calls = Calls.to(SECOND, RetryPolicy.NONE, "a:1");
        FakeAdapter call = Calls.begin(calls.get("http://reviews:9080/", STREAMING));
        calls.advance(10_000);
        assertThat(call.reply).isNull();
        call.exchange().requestComplete();
        calls.advance(1_000);

        assertThat(call.commands).endsWith("reply 504 UT");
    }

    @Test
    void aGrpcCallersTimeoutRulesUpToTheCap() {
        assertThat(grpcTimeout(Duration.ZERO, "2S")).isEqualTo(2_000_000_000L);
        assertThat(grpcTimeout(SECOND, "2S")).isEqualTo(1_000_000_000L);
        assertThat(grpcTimeout(SECOND, "300m")).isEqualTo(300_000_000L);
        assertThat(grpcTimeout(SECOND, null)).isEqualTo(1_000_000_000L);
        assertThat(grpcTimeout(Duration.ZERO, null)).isEqualTo(Long.MAX_VALUE);
        assertThat(grpcTimeout(Duration.ZERO, "2 weeks")).isEqualTo(Long.MAX_VALUE);
    }

    private static long grpcTimeout(Duration cap, @org.jspecify.annotations.Nullable String asked) {
        Calls calls = new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(),
                                new RouteAction.Forward(
                                        List.of(Snapshots.weighted("reviews", 1)),
                                        Duration.ofMinutes(1),
                                        cap,
                                        RetryPolicy.NONE,
                                        List.of(),
                                        Rewrite.NONE,
                                        List.of())))
                .cluster(Snapshots.cluster("reviews"), "a:1")
                .snapshot());
        String[] headers = asked == null
                ? new String[] {"content-type", "application/grpc"}
                : new String[] {"content-type", "application/grpc", "grpc-timeout", asked};
        return calls.get("http://reviews:9080/", headers).last().deadlineNanos();
    }

    @Test
    void aGrpcCallerIsToldInHisWords() {
        Calls calls = Calls.to(SECOND, RetryPolicy.NONE, "a:1");
        FakeAdapter call = calls.get("http://reviews:9080/", "content-type", "application/grpc");
        calls.advance(1_000);

        assertThat(call.reply.status()).isEqualTo(200);
        assertThat(call.reply.grpcStatus()).isEqualTo(4);
        assertThat(call.reply.headers().first("grpc-message")).isEqualTo("upstream request timeout");
    }
}
