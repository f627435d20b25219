package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.LoadBalancingPolicy.SlowStart;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Snapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of a cluster outlives what is said about it, and time alone changes it too. */
final class LiveClusterTest {

    @Test
    void anEjectionOutlivesANewRecordOfTheCluster() {
        Calls calls = OutliersTest.watched(2);
        calls.get("http://reviews:9080/").answer(500);
        calls.advance(0);
        calls.source.set(OutliersTest.snapshot(2, new LoadBalancingPolicy.Random()));

        for (int i = 0; i < 4; i++) {
            assertThat(calls.get("http://reviews:9080/").commands).containsExactly("send 1 to h2:80");
        }
    }

    @Test
    void outlierDetectionThatIsSwitchedOffLetsHostsBackIn() {
        Calls calls = OutliersTest.watched(2);
        calls.get("http://reviews:9080/").answer(500);
        calls.advance(0);
        calls.source.set(
                Snapshots.empty().service("reviews", 9080, "h1:80", "h2:80").snapshot());

        assertThat(calls.live("reviews").upstream.ejected()).isZero();
    }

    @Test
    void aClusterThatIsGoneLeavesNoTimer() {
        Calls calls = OutliersTest.watched(2);
        calls.get("http://reviews:9080/").answer(500);
        calls.advance(0);
        assertThat(calls.world.pendingTimers()).isEqualTo(1);
        calls.source.set(Snapshots.empty().snapshot());

        assertThat(calls.world.pendingTimers()).isZero();
    }

    @Test
    void whenSlowStartIsOverTheBalanceIsStruckAnew() {
        SlowStart tenSeconds = new SlowStart(Duration.ofSeconds(10), 1, 10);
        Calls calls = new Calls(slowly(tenSeconds, "a:1"));
        calls.advance(60_000);
        calls.source.set(slowly(tenSeconds, "a:1", "b:1"));
        assertThat(shareOfB(calls)).as("10 % and growing").isLessThan(5);
        calls.advance(10_000);

        assertThat(shareOfB(calls)).isEqualTo(10);
        assertThat(calls.world.pendingTimers()).isZero();
    }

    @Test
    void aDegradedHostServesWhenNobodyHealthyIsLeft() {
        Calls calls = new Calls(Snapshots.empty()
                .host("reviews", 9080, Snapshots.route("reviews"))
                .cluster(Snapshots.neverPanicking(Snapshots.cluster("reviews")))
                .endpoints(ClusterLoadAssignment.of(
                        "reviews",
                        List.of(
                                new Endpoint("a", 1, Endpoint.Health.UNHEALTHY, 1, "", Map.of()),
                                new Endpoint("b", 1, Endpoint.Health.DEGRADED, 1, "", Map.of()))))
                .snapshot());
        FakeAdapter call = calls.get("http://reviews:9080/");

        assertThat(call.commands).containsExactly("send 1 to b:1");
        assertThat(call.exchange().explain().steps()).contains("attempt 1 on b:1 (degraded): running");
    }

    private static int shareOfB(Calls calls) {
        int picks = 0;
        for (int i = 0; i < 20; i++) {
            FakeAdapter call = calls.get("http://reviews:9080/");
            picks += call.commands.contains("send 1 to b:1") ? 1 : 0;
            call.answer(200);
        }
        return picks;
    }

    private static MeshSnapshot slowly(SlowStart slowStart, String... addresses) {
        return Snapshots.empty()
                .host("reviews", 9080, Snapshots.route("reviews"))
                .cluster(
                        Snapshots.cluster(
                                "reviews", new LoadBalancingPolicy.RoundRobin(slowStart), CircuitBreakers.NONE, null),
                        addresses)
                .snapshot();
    }
}
