package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.OutlierDetection;
import dev.weft.config.RetryPolicy;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Headers;
import dev.weft.request.Hints;
import dev.weft.request.ResponseHead;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What an outcome says about its host, and what follows. */
final class OutliersTest {

    /** One error ejects, everybody may be ejected, nobody panics. */
    static Calls watched(int hosts) {
        return new Calls(snapshot(hosts, new LoadBalancingPolicy.RoundRobin(null)));
    }

    static MeshSnapshot snapshot(int hosts, LoadBalancingPolicy policy) {
        String[] addresses = Stream.iterate(1, i -> i + 1)
                .limit(hosts)
                .map(i -> "h" + i + ":80")
                .toArray(String[]::new);
        OutlierDetection first = new OutlierDetection(
                1,
                100,
                0,
                0,
                false,
                5,
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(300),
                100,
                false);
        return Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(),
                                Snapshots.forward("reviews", Duration.ofSeconds(9), RetryPolicy.NONE)))
                .cluster(
                        Snapshots.neverPanicking(Snapshots.cluster("reviews", policy, CircuitBreakers.NONE, first)),
                        addresses)
                .snapshot();
    }

    @Test
    void anEjectedHostGetsNothingUntilItIsBack() {
        Calls calls = watched(2);
        FakeAdapter bad = calls.get("http://reviews:9080/");
        bad.answer(500);
        calls.advance(0);
        for (int i = 0; i < 4; i++) {
            FakeAdapter call = calls.get("http://reviews:9080/");
            assertThat(call.commands).containsExactly("send 1 to h2:80");
            call.answer(200);
        }
        calls.advance(30_000);
        assertThat(calls.live("reviews").upstream.hosts().healthy()).isEqualTo(2);
    }

    @Test
    void whenAllAreOutTheReasonSaysSo() {
        Calls calls = watched(1);
        calls.get("http://reviews:9080/").answer(500);
        calls.advance(12_000);
        FakeAdapter call = calls.get("http://reviews:9080/");

        assertThat(call.commands).containsExactly("reply 503 UH");
        assertThat(call.reply.body()).isEqualTo("no healthy upstream");
        assertThat(call.reply.reason())
                .endsWith("cluster reviews: no healthy host (UH), "
                        + "0 of 1 hosts healthy, 1 ejected (1 consecutive 5xx), next back in 18 s");
    }

    @TestFactory
    Stream<DynamicTest> isAccused() {
        return Stream.of(
                        new Outcome("500", true, (calls, call) -> call.answer(500)),
                        new Outcome("404", false, (calls, call) -> call.answer(404)),
                        new Outcome(
                                "503 with x-envoy-overloaded",
                                false,
                                (calls, call) -> call.answer(503, "x-envoy-overloaded", "true")),
                        new Outcome("refused connection", true, (calls, call) -> call.fail(Failure.CONNECT)),
                        new Outcome("untrusted connection", true, (calls, call) -> call.fail(Failure.TLS)),
                        new Outcome("reset", true, (calls, call) -> call.fail(Failure.RESET)),
                        new Outcome(
                                "our own pool's overflow", false, (calls, call) -> call.fail(Failure.POOL_OVERFLOW)),
                        new Outcome("route timeout", true, (calls, call) -> calls.advance(9_000)),
                        new Outcome(
                                "silent end",
                                true,
                                (calls, call) -> call.last().closed(new Attempt.Closed(0, 0, false, null))),
                        new Outcome("body cut short", true, (calls, call) -> {
                            call.last().headers(new ResponseHead(200, Headers.EMPTY), false);
                            call.last().closed(new Attempt.Closed(0, 3, false, null));
                        }),
                        new Outcome(
                                "gRPC UNAVAILABLE without body",
                                true,
                                (calls, call) ->
                                        call.answer(200, "content-type", "application/grpc", "grpc-status", "14")),
                        new Outcome("gRPC INTERNAL in trailers", true, (calls, call) -> grpc(call, 13)),
                        new Outcome("gRPC NOT_FOUND in trailers", false, (calls, call) -> grpc(call, 5)),
                        new Outcome("gRPC OK in trailers", false, (calls, call) -> grpc(call, 0)),
                        new Outcome("gRPC answered with HTTP 503", true, (calls, call) -> call.answer(503)),
                        new Outcome("gRPC answered with HTTP 404", false, (calls, call) -> call.answer(404)),
                        new Outcome("gRPC stream cut short", true, (calls, call) -> {
                            call.last().headers(new ResponseHead(200, Headers.EMPTY), false);
                            call.last().closed(new Attempt.Closed(0, 3, false, null));
                        }),
                        new Outcome("gRPC DEADLINE_EXCEEDED of the server's own", true, (calls, call) -> grpc(call, 4)))
                .map(outcome -> DynamicTest.dynamicTest(outcome.name, outcome::check));
    }

    @Test
    void aCallersShortPatienceIsNotTheHostsFault() {
        Calls calls = watched(2);
        FakeAdapter call = Calls.begin(calls.get(
                "http://reviews:9080/", new ExchangeOptions(Hints.within(Duration.ofMillis(1)), Deadline.NONE, true)));
        calls.advance(1);
        assertThat(call.commands).endsWith("reply 504 UT");
        calls.advance(0);

        assertThat(calls.live("reviews").upstream.ejected()).isZero();
    }

    @Test
    void norIsAServerThatGivesUpWhenItIsToldTo() {
        Calls calls = watched(2);
        for (boolean trailersOnly : new boolean[] {true, false}) {
            FakeAdapter call = Calls.begin(calls.get(
                    "http://reviews:9080/",
                    new ExchangeOptions(Hints.within(Duration.ofMillis(10)), Deadline.NONE, true),
                    "content-type",
                    "application/grpc"));
            calls.advance(9);
            if (trailersOnly) {
                call.answer(200, "grpc-status", "4");
            } else {
                grpc(call, 4);
            }
            assertThat(call.commands).endsWith("deliver 1 with 200");
        }
        calls.advance(0);

        assertThat(calls.live("reviews").upstream.ejected()).isZero();
    }

    private static void grpc(FakeAdapter call, int status) {
        call.last().headers(new ResponseHead(200, Headers.EMPTY), false);
        call.last().closed(new Attempt.Closed(0, 3, true, status));
    }

    private interface Step {
        void take(Calls calls, FakeAdapter call);
    }

    private record Outcome(String name, boolean accused, Step step) {
        void check() {
            Calls calls = watched(2);
            step.take(
                    calls,
                    name.startsWith("gRPC")
                            ? calls.get("http://reviews:9080/", "content-type", "application/grpc")
                            : calls.get("http://reviews:9080/"));
            calls.advance(0);
            assertThat(calls.live("reviews").upstream.ejected()).isEqualTo(accused ? 1 : 0);
        }
    }
}
