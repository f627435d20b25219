package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.RetryOn;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.engine.Attempt.Failure;
import org.junit.jupiter.api.Test;

/** Limits on what runs at once, which outlive configurations, and hosts that do. */
final class LimitsTest {
    private final Calls calls = new Calls(snapshot(2, "a:1"));

    @Test
    void overTheRequestLimitTheCallIsRefused() {
        calls.get("http://reviews:9080/");
        calls.get("http://reviews:9080/");
        FakeAdapter third = calls.get("http://reviews:9080/");

        assertThat(third.commands).containsExactly("reply 503 UO");
        assertThat(third.reply.headers().first("x-envoy-overloaded")).isEqualTo("true");
        assertThat(third.reply.body())
                .isEqualTo("upstream connect error or disconnect/reset before headers. reset reason: overflow");
        assertThat(third.reply.reason()).contains("request limit reached (UO), at most 2 at once were expected");
    }

    @Test
    void anEndedRequestMakesRoom() {
        calls.get("http://reviews:9080/");
        calls.get("http://reviews:9080/").answer(200);

        assertThat(calls.get("http://reviews:9080/").commands).containsExactly("send 1 to a:1");
    }

    @Test
    void aRetryFindsThePlaceOfItsOwnLastAttempt() {
        calls.get("http://reviews:9080/");
        FakeAdapter second = calls.get("http://reviews:9080/");
        second.answer(503);

        assertThat(second.commands).containsExactly("send 1 to a:1", "cancel 1", "send 2 to a:1");
    }

    @Test
    void thePoolsOverflowIsOursAndNotRepeated() {
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.fail(Failure.POOL_OVERFLOW);

        assertThat(call.commands).containsExactly("send 1 to a:1", "reply 503 UO");
    }

    @Test
    void whatRunsStillCountsUnderANewConfiguration() {
        FakeAdapter first = calls.get("http://reviews:9080/");
        calls.get("http://reviews:9080/");
        calls.source.set(snapshot(2, "a:1", "b:1"));
        assertThat(calls.get("http://reviews:9080/").commands).containsExactly("reply 503 UO");
        calls.source.set(snapshot(3, "a:1", "b:1"));
        assertThat(calls.get("http://reviews:9080/").commands)
                .hasSize(1)
                .allMatch(command -> command.startsWith("send"));

        first.answer(200);
        assertThat(calls.live("reviews").breaker.requests()).isEqualTo(2);
    }

    @Test
    void aHostKeepsItsCountAndItsIdentity() {
        FakeAdapter call = calls.get("http://reviews:9080/");
        calls.source.set(snapshot(5, "b:1", "a:1"));

        assertThat(calls.host("reviews", "a:1")).isSameAs(call.last().host());
        assertThat(calls.host("reviews", "a:1").active()).isEqualTo(1);
    }

    @Test
    void aCallEndsAsItBeganWhenItsClusterIsGone() {
        FakeAdapter call = calls.get("http://reviews:9080/", "x-request-id", "x");
        calls.world.dice(1_000_000);
        call.answer(503);
        calls.source.set(Snapshots.empty().snapshot());
        calls.advance(1);
        assertThat(call.commands).endsWith("send 2 to a:1");
        call.answer(200);

        assertThat(call.commands).endsWith("deliver 2 with 200");
        assertThat(calls.get("http://reviews:9080/").commands).containsExactly("reply 404 NR");
    }

    @Test
    void aRouteToAClusterThatDoesNotExistIsSaid() {
        Calls missing = new Calls(Snapshots.empty()
                .host("reviews", 9080, Snapshots.route("nowhere"))
                .snapshot());
        FakeAdapter call = missing.get("http://reviews:9080/");

        assertThat(call.commands).containsExactly("reply 503 NC");
        assertThat(call.reply.reason()).contains("cluster nowhere: not in the configuration");
    }

    private static MeshSnapshot snapshot(long maxRequests, String... addresses) {
        long none = CircuitBreakers.UNLIMITED;
        Cluster cluster = Snapshots.cluster(
                "reviews",
                new LoadBalancingPolicy.RoundRobin(null),
                new CircuitBreakers(none, none, maxRequests, none, null),
                null);
        return Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(),
                                Snapshots.forward("reviews", null, Calls.retry(1, RetryOn.SERVER_ERROR))))
                .cluster(cluster, addresses)
                .snapshot();
    }
}
