package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.OutlierDetection;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Hints;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that would rather wait than be told that no host can be reached. */
final class WaitForReadyTest {
    private static final String URL = "http://reviews:9080/";

    @Test
    void aCallWaitsForTheFirstHost() {
        Calls calls = new Calls(reviews());
        FakeAdapter call = begin(calls, patient(null));
        assertThat(call.commands).isEmpty();
        calls.advance(60_000);
        assertThat(call.commands).as("nobody has come").isEmpty();
        calls.source.set(reviews("a:1"));
        calls.advance(0);
        call.answer(200);

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 200");
        assertThat(call.exchange().explain().toString()).contains("waited", "for a host", "no healthy host (UH)");
        assertThat(calls.observer.calls).hasSize(1);
        assertThat(calls.observer.calls.get(0).flags()).isEmpty();
        assertThat(calls.observer.destinations).hasSize(1);
        assertThat(calls.engine.active()).isZero();
        calls.assertBooksClosed();
    }

    @Test
    void whoDoesNotAskForItIsToldAtOnce() {
        assertThat(new Calls(reviews()).get(URL).commands).containsExactly("reply 503 UH");
    }

    @Test
    void theCallersTimeBoundsTheWait() {
        Calls calls = new Calls(reviews());
        FakeAdapter call =
                begin(calls, patient(Hints.within(Duration.ofSeconds(3))), "content-type", "application/grpc");
        calls.advance(2_999);
        assertThat(call.commands).isEmpty();
        calls.advance(1);

        assertThat(call.reply.grpcStatus()).isEqualTo(4);
        assertThat(call.reply.reason())
                .contains("the caller's deadline passed (UT) after 3 s", "waited", "no healthy host (UH)");
        assertThat(calls.engine.active()).isZero();
    }

    @Test
    void soDoesTheRoutes() {
        Calls calls = Calls.to(Duration.ofSeconds(2), RetryPolicy.NONE);
        FakeAdapter call = begin(calls, patient(null));
        calls.advance(2_000);

        assertThat(call.commands).containsExactly("reply 504 UT");
    }

    @Test
    void aHostThatReturnsFromEjectionIsTakenAtOnce() {
        OutlierDetection outlier = new OutlierDetection(
                1,
                100,
                0,
                0,
                false,
                0,
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(300),
                100,
                false);
        Calls calls = new Calls(Snapshots.empty()
                .host("reviews", 9080, Snapshots.route("reviews"))
                .cluster(
                        Snapshots.neverPanicking(Snapshots.cluster(
                                "reviews", new LoadBalancingPolicy.RoundRobin(null), CircuitBreakers.NONE, outlier)),
                        "a:1")
                .snapshot());
        calls.get(URL).answer(500);
        calls.advance(0);
        FakeAdapter call = begin(calls, patient(null));
        calls.advance(29_999);
        assertThat(call.commands).isEmpty();
        calls.advance(1);

        assertThat(call.commands).containsExactly("send 1 to a:1");
    }

    @Test
    void connectionsThatFailAreTriedAgainAfterABackOff() {
        Calls calls = Calls.to(null, Calls.retry(1, RetryOn.CONNECT_FAILURE), "a:1");
        FakeAdapter call = begin(calls, patient(null), "x-request-id", "x");
        call.fail(Failure.CONNECT);
        call.fail(Failure.CONNECT);
        assertThat(call.commands).as("one retry, then a wait").containsExactly("send 1 to a:1", "send 2 to a:1");
        calls.advance(100);
        call.fail(Failure.CONNECT);
        call.fail(Failure.TLS);
        assertThat(call.sent).as("retries count anew").hasSize(4);
        calls.advance(99);
        assertThat(call.sent).as("the second wait is longer").hasSize(4);
        calls.advance(101);
        assertThat(call.last().kind()).isEqualTo(Attempt.Kind.RETRY);
        assertThat(call.last().head().headers().first("x-envoy-attempt-count")).isEqualTo("5");
        call.answer(200);

        assertThat(call.commands).endsWith("deliver 5 with 200");
        assertThat(call.exchange().flags())
                .as("retries were used up, but not for good")
                .isEmpty();
        assertThat(calls.observer.calls).hasSize(1);
        calls.assertBooksClosed();
    }

    @Test
    void aServerThatReturnsUnannouncedIsFoundWithinFiveSeconds() {
        Calls calls = Calls.to(null, RetryPolicy.NONE, "a:1");
        FakeAdapter call = begin(calls, patient(null));
        for (int i = 0; i < 20; i++) {
            call.fail(Failure.CONNECT);
            calls.advance(5_000);
        }

        assertThat(call.sent).hasSize(21);
        assertThat(call.exchange().explain().steps())
                .as("what is long over is forgotten")
                .hasSizeLessThan(10);
    }

    @Test
    void newHostsAreTriedAtOnceAndOtherNewsIsNot() {
        Calls calls = new Calls(reviews("a:1"));
        FakeAdapter call = begin(calls, patient(null));
        call.fail(Failure.CONNECT);
        calls.source.set(same(calls).service("ratings", 9080, "r:1").snapshot());
        calls.advance(0);
        assertThat(call.sent).as("somebody else's news").hasSize(1);
        calls.source.set(reviews("b:1"));
        calls.advance(0);

        assertThat(call.commands).containsExactly("send 1 to a:1", "send 2 to b:1");
    }

    @Test
    void aRouteThatChangesMeanwhileIsFollowed() {
        Calls calls = new Calls(reviews());
        FakeAdapter call = begin(calls, patient(null));
        calls.source.set(Snapshots.empty()
                .host("reviews", 9080, Snapshots.route("reviews-v2"))
                .cluster(Snapshots.cluster("reviews-v2"), "b:1")
                .snapshot());

        assertThat(call.commands).containsExactly("send 1 to b:1");
        call.answer(200);
        calls.assertBooksClosed();
    }

    @Test
    void theChoiceAmongClustersStands() {
        List<WeightedCluster> halves = List.of(Snapshots.weighted("v1", 1), Snapshots.weighted("v2", 1));
        VirtualHost host = Snapshots.host(
                "reviews:9080",
                List.of("reviews"),
                Snapshots.route(RouteMatch.everything(), Snapshots.forward(halves)));
        Calls calls = new Calls(Snapshots.empty()
                .host(9080, host)
                .cluster(Snapshots.cluster("v1"))
                .cluster(Snapshots.cluster("v2"), "b:1")
                .snapshot());
        calls.world.dice(0);
        FakeAdapter call = begin(calls, patient(null));
        assertThat(call.commands).as("v1 was drawn, and is empty").isEmpty();
        calls.world.dice(1, 1, 1, 1);
        calls.source.set(Snapshots.empty()
                .host(9080, host)
                .cluster(Snapshots.cluster("v1"), "a:1")
                .cluster(Snapshots.cluster("v2"), "b:1")
                .snapshot());

        assertThat(call.commands).containsExactly("send 1 to a:1");
    }

    @Test
    void routesThatAreNotHereYetAreWaitedForWithoutABoundOfOurs() {
        Calls calls = new Calls(Snapshots.empty()
                .host(9080, VirtualHost.indexed("reviews:9080", List.of("reviews")))
                .snapshot());
        FakeAdapter call = begin(calls, patient(null));
        calls.advance(3_600_000);
        assertThat(call.commands).isEmpty();
        calls.source.set(reviews("a:1"));

        assertThat(call.commands).containsExactly("send 1 to a:1");
    }

    @Test
    void soIsAClusterThatIsNotHereYet() {
        Calls calls = new Calls(Snapshots.empty()
                .host("reviews", 9080, Snapshots.route("reviews"))
                .snapshot());
        FakeAdapter call = begin(calls, patient(null));
        assertThat(call.commands).isEmpty();
        calls.source.set(reviews("a:1"));

        assertThat(call.commands).containsExactly("send 1 to a:1");
    }

    @Test
    void whatIsNoMatterOfReachingAHostIsToldAtOnce() {
        FakeAdapter unknown = begin(new Calls(Snapshots.empty().snapshot()), patient(null));
        assertThat(unknown.commands).containsExactly("reply 404 NR");

        FakeAdapter lost = begin(Calls.to(null, RetryPolicy.NONE, "a:1"), patient(null));
        lost.fail(Failure.RESET);
        assertThat(lost.commands).endsWith("reply 503 UC");

        FakeAdapter full = begin(Calls.to(null, RetryPolicy.NONE, "a:1"), patient(null));
        full.fail(Failure.POOL_OVERFLOW);
        assertThat(full.commands).endsWith("reply 503 UO");
    }

    @Test
    void aBodyThatCannotBeSentAgainIsNotWaitedWith() {
        FakeAdapter call = begin(Calls.to(null, RetryPolicy.NONE, "a:1"), patient(null));
        call.exchange().bodyNotReplayable();
        call.fail(Failure.CONNECT);

        assertThat(call.commands).endsWith("reply 503 UF");
    }

    @Test
    void aMeshThatClosesAnswersThoseWhoWait() {
        Calls calls = new Calls(reviews());
        FakeAdapter call = begin(calls, patient(null));
        calls.engine.close();

        assertThat(call.commands).containsExactly("reply 503 NC");
        assertThat(calls.engine.active()).isZero();
    }

    @Test
    void whoGivesUpHearsNoMore() {
        Calls calls = new Calls(reviews());
        FakeAdapter call = begin(calls, patient(null));
        call.exchange().cancel();
        calls.source.set(reviews("a:1"));
        calls.advance(10_000);

        assertThat(call.commands).isEmpty();
        assertThat(call.wish).isEqualTo(Long.MAX_VALUE);
        assertThat(calls.engine.active()).isZero();
    }

    private static FakeAdapter begin(Calls calls, ExchangeOptions options, String... headers) {
        return Calls.begin(calls.get(URL, options, headers));
    }

    private static ExchangeOptions patient(Hints hints) {
        return new ExchangeOptions(
                hints == null ? Hints.NONE : hints, Deadline.NONE, true, true, true, CallDefaults.NONE);
    }

    private static MeshSnapshot reviews(String... addresses) {
        return Snapshots.empty().service("reviews", 9080, addresses).snapshot();
    }

    /** What is there stays the same objects, as it does between two snapshots of a control plane. */
    private static Snapshots same(Calls calls) {
        MeshSnapshot now = calls.engine.configuration().snapshot();
        Snapshots same = Snapshots.empty();
        now.ports().forEach((port, hosts) -> hosts.forEach(host -> same.host(port, host)));
        now.clusters().values().forEach(cluster -> same.cluster(cluster));
        now.endpoints().values().forEach(same::endpoints);
        return same;
    }
}
