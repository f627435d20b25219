package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.FaultInjection;
import dev.weft.config.Fraction;
import dev.weft.config.HeaderOps;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Hints;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What gRPC callers get where the mesh answers itself or repeats: always HTTP 200, the status in gRPC's words. */
final class GrpcRepliesTest {
    private static final String URL = "http://reviews:9080/hello.Greeter/SayHello";

    @Test
    void noHostAndNoConnectionAreUnavailable() {
        assertTold(call(new Calls(Snapshots.empty().service("reviews", 9080).snapshot())), 14, "no healthy upstream");
        FakeAdapter refused = call(Calls.to(null, RetryPolicy.NONE, "a:1"));
        refused.fail(Failure.CONNECT);
        assertTold(
                refused,
                14,
                "upstream connect error or disconnect/reset before headers. reset reason: connection failure");
        FakeAdapter overflow = call(Calls.to(null, RetryPolicy.NONE, "a:1"));
        overflow.fail(Failure.POOL_OVERFLOW);
        assertTold(overflow, 14, "upstream connect error or disconnect/reset before headers. reset reason: overflow");
        assertThat(overflow.reply.headers().first("x-envoy-overloaded")).isEqualTo("true");
    }

    @Test
    void noRouteIsUnimplemented() {
        assertTold(call(new Calls(Snapshots.empty().snapshot())), 12, "");
    }

    @Test
    void whoseverTimeItWasIsDeadlineExceeded() {
        Calls calls = Calls.to(Duration.ofSeconds(1), RetryPolicy.NONE, "a:1");
        FakeAdapter ofRoute = call(calls);
        FakeAdapter ofCaller = Calls.begin(calls.get(
                URL,
                new ExchangeOptions(Hints.within(Duration.ofMillis(500)), Deadline.NONE, true),
                "content-type",
                "application/grpc"));
        calls.advance(1_000);
        assertTold(ofCaller, 4, "upstream request timeout");
        assertTold(ofRoute, 4, "upstream request timeout");

        Calls bounded = Calls.to(null, Calls.within(Duration.ofSeconds(1), RetryPolicy.NONE), "a:1");
        FakeAdapter ofTry = call(bounded);
        ofTry.last().connected(true);
        bounded.advance(1_000);
        assertTold(ofTry, 4, "upstream request timeout");
    }

    @ParameterizedTest
    @CsvSource({"503, 14", "429, 14", "400, 13", "401, 16", "403, 7", "404, 12", "418, 2"})
    void anInjectedStatusIsTranslated(int http, int grpc) {
        assertTold(call(aborting(new FaultInjection.Abort(http, null, Fraction.ALL))), grpc, "fault filter abort");
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "8", "14", "16"})
    void anInjectedGrpcStatusIsNot(int grpc) {
        Calls calls = aborting(new FaultInjection.Abort(0, grpc, Fraction.ALL));
        assertTold(call(calls), grpc, "fault filter abort");

        FakeAdapter http = calls.get(URL);
        assertThat(http.reply.status()).isEqualTo(200);
        assertThat(http.reply.headers().contains("grpc-status")).isFalse();
    }

    @Test
    void aDirectAnswerIsNoneOfGrpcs() {
        Calls calls = new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(RouteMatch.everything(), new RouteAction.DirectReply(200, "hello")))
                .snapshot());

        assertTold(call(calls), 2, "hello");
    }

    @ParameterizedTest
    @EnumSource(RetryOn.class)
    void aStatusWithoutABodyIsRepeatedUnderItsOwnWordAlone(RetryOn word) {
        Integer repeated = switch (word) {
            case CANCELLED -> 1;
            case DEADLINE_EXCEEDED -> 4;
            case RESOURCE_EXHAUSTED -> 8;
            case INTERNAL -> 13;
            case UNAVAILABLE -> 14;
            default -> null;
        };
        for (int status = 0; status <= 16; status++) {
            FakeAdapter call = call(Calls.to(null, Calls.retry(1, word), "a:1"));
            call.answer(200, "grpc-status", String.valueOf(status));
            assertThat(call.sent).as(word + " and " + status).hasSize(repeated != null && repeated == status ? 2 : 1);
        }
    }

    @Test
    void aStatusAfterABodyIsNeverRepeated() {
        FakeAdapter call = call(Calls.to(null, Calls.retry(1, RetryOn.UNAVAILABLE), "a:1"));
        call.last().headers(new dev.weft.request.ResponseHead(200, dev.weft.request.Headers.EMPTY), false);
        call.last().closed(new Attempt.Closed(0, 3, true, 14));

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 200");
    }

    @Test
    void anOverloadedServersStatusIsNotRepeated() {
        FakeAdapter call = call(Calls.to(null, Calls.retry(1, RetryOn.UNAVAILABLE), "a:1"));
        call.answer(200, "grpc-status", "14", "x-envoy-overloaded", "true");

        assertThat(call.sent).hasSize(1);
    }

    @Test
    void theTimeThatIsLeftGoesOnTheWireInBothWords() {
        FakeAdapter call = call(Calls.to(Duration.ofSeconds(3), RetryPolicy.NONE, "a:1"));

        assertThat(call.last().head().headers().first("grpc-timeout")).isEqualTo("3000m");
        assertThat(call.last().head().headers().first(Deadline.HEADER)).isEqualTo("3000");
    }

    private static FakeAdapter call(Calls calls) {
        return calls.get(URL, "content-type", "application/grpc+proto");
    }

    private static Calls aborting(FaultInjection.Abort abort) {
        return new Calls(Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        new Route(
                                "",
                                RouteMatch.everything(),
                                Snapshots.forward("reviews"),
                                HeaderOps.NONE,
                                HeaderOps.NONE,
                                new FaultInjection(null, abort),
                                null,
                                null))
                .cluster(Snapshots.cluster("reviews"), "a:1")
                .snapshot());
    }

    private static void assertTold(FakeAdapter call, int status, String message) {
        assertThat(call.reply.status()).isEqualTo(200);
        assertThat(call.reply.grpcStatus()).isEqualTo(status);
        assertThat(call.reply.headers().first("grpc-status")).isEqualTo(String.valueOf(status));
        assertThat(call.reply.headers().first("content-type")).isEqualTo("application/grpc");
        if (!message.isEmpty()) {
            assertThat(call.reply.headers().first("grpc-message")).isEqualTo(message);
        }
    }
}
