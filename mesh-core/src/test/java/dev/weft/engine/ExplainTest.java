package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.ClusterLoadAssignment.LocalityEndpoints;
import dev.weft.config.Endpoint;
import dev.weft.config.HashPolicy;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.Locality;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.config.VirtualHost;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Hints;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a call tells about itself. */
final class ExplainTest {

    @Test
    void aCallTellsItsWholeCourse() {
        Calls calls = Calls.to(
                Duration.ofSeconds(3), Calls.retry(2, RetryOn.CONNECT_FAILURE, RetryOn.SERVER_ERROR), "a:1", "b:1");
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.fail(Failure.CONNECT);
        call.answer(503);
        call.answer(200);

        Explanation told = call.exchange().explain();
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.steps())
                .containsSubsequence(
                        "timeout 3 s: route [0] of reviews:9080",
                        "up to 2 retries on 5xx,connect-failure: route [0] of reviews:9080",
                        "retries are bounded: paid from the default budget of 20 % of requests and 10 per second",
                        "attempt 1 on a:1: CONNECT, retried",
                        "attempt 2 on b:1: 503, retried",
                        "attempt 3 on a:1: 200");
    }

    @Test
    void aForetoldCallNamesHostsAndBounds() {
        Calls calls = Calls.to(Duration.ofSeconds(3), RetryPolicy.NONE, "a:1", "b:1");
        Explanation told = calls.engine.explain(Calls.head("GET", "http://reviews:9080/"));

        assertThat(told.steps()).contains("hosts: 2 of 2 hosts healthy", "timeout 3 s: route [0] of reviews:9080");
        assertThat(calls.observer.calls).isEmpty();
    }

    @Test
    void whoCallsAKnownNameOnAnotherPortIsToldOfItsPorts() {
        Calls calls = new Calls(Snapshots.empty()
                .host(0, VirtualHost.allowAny())
                .service("reviews", 9080, "a:1")
                .snapshot());

        assertThat(calls.engine
                        .explain(Calls.head("GET", "http://reviews:9999/"))
                        .toString())
                .startsWith("not answered by the mesh\n")
                .endsWith("the mesh knows that name on the ports [9080]");
        assertThat(calls.engine.explain(Calls.head("GET", "http://else:9999/")).toString())
                .doesNotContain("the mesh knows");
    }

    @Test
    void hashAndPriorityAreTold() {
        Calls calls = hashed();
        FakeAdapter call = calls.get("http://reviews:9080/", "end-user", "jason");

        assertThat(call.exchange().explain().toString())
                .contains("hash bae90e0841dcabff of", "end-user", "attempt 1 on b:1 of priority 1: running");
        assertThat(calls.get("http://reviews:9080/").exchange().explain().toString())
                .contains("no hash: nothing that the route hashes is in the request");
    }

    @Test
    void theCallersKeyIsHashedWhereTheClusterHashes() {
        FakeAdapter call = Calls.begin(
                hashed().get("http://reviews:9080/", new ExchangeOptions(Hints.hashBy("jason"), Deadline.NONE, true)));
        assertThat(call.exchange().explain().toString()).contains("hash bae90e0841dcabff of the caller's key");

        FakeAdapter elsewhere = Calls.begin(Calls.to(null, RetryPolicy.NONE, "a:1")
                .get("http://reviews:9080/", new ExchangeOptions(Hints.hashBy("jason"), Deadline.NONE, true)));
        assertThat(elsewhere.exchange().explain().toString()).contains("hint hashBy has no effect");
    }

    @Test
    void panicIsTold() {
        Calls calls = new Calls(Snapshots.empty()
                .host("reviews", 9080, Snapshots.route("reviews"))
                .cluster(Snapshots.cluster("reviews"))
                .endpoints(ClusterLoadAssignment.of("reviews", List.of(unhealthy("a"), unhealthy("b"))))
                .snapshot());
        FakeAdapter call = calls.get("http://reviews:9080/");

        assertThat(call.exchange().explain().steps()).contains("attempt 1 on a:1 in panic: running");
        assertThat(calls.engine
                        .explain(Calls.head("GET", "http://reviews:9080/"))
                        .steps())
                .contains("hosts: 0 of 2 hosts healthy, 2 unhealthy or draining; "
                        + "priority 0 100 % in panic: health is ignored");
    }

    private static Endpoint unhealthy(String address) {
        return new Endpoint(address, 1, Endpoint.Health.UNHEALTHY, 1, "", Map.of());
    }

    /** Priority 0 has nobody healthy. */
    private static Calls hashed() {
        return new Calls(Snapshots.empty()
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
                                        List.of(new HashPolicy.OfHeader("end-user", false)),
                                        Rewrite.NONE,
                                        List.of())))
                .cluster(Snapshots.neverPanicking(Snapshots.cluster(
                        "reviews", new LoadBalancingPolicy.RingHash(64, 1024, false), CircuitBreakers.NONE, null)))
                .endpoints(new ClusterLoadAssignment(
                        "reviews",
                        List.of(
                                new LocalityEndpoints(Locality.NONE, 0, 1, List.of(unhealthy("a"))),
                                new LocalityEndpoints(Locality.NONE, 1, 1, List.of(Endpoint.of("b", 1)))),
                        140))
                .snapshot());
    }
}
