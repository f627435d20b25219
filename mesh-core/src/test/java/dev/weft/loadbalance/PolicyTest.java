package dev.weft.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.LoadBalancingPolicy.SlowStart;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import dev.weft.upstream.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How one host is chosen among those of a priority. */
final class PolicyTest {
    private static final LoadBalancingPolicy ROUND_ROBIN = new LoadBalancingPolicy.RoundRobin(null);

    @Test
    void roundRobinTakesEachInTurnFromADrawnStart() {
        ManualWorld world = World.manual().dice(2);
        LoadBalancer balancer = new Balancing(ROUND_ROBIN, world.world())
                .locality(0, 1, "h h h")
                .build();

        assertThat(picks(balancer, 4)).containsExactly("10.0.0.2:80", "10.0.0.0:80", "10.0.0.1:80", "10.0.0.2:80");
    }

    @Test
    void equalWeightsOfAnyValueAreNoWeights() {
        assertThat(new Balancing(ROUND_ROBIN, World.manual().world())
                        .locality(0, 1, "h7 h7")
                        .picks(4))
                .containsEntry("10.0.0.0:80", 2)
                .containsEntry("10.0.0.1:80", 2);
    }

    @Test
    void unequalWeightsAreScheduledSmoothly() {
        LoadBalancer balancer = new Balancing(ROUND_ROBIN, World.manual().world())
                .locality(0, 1, "h2 h1")
                .build();

        // Due at 1/2, 1, 3/2, ... and 1, 2, ...; what was put in earlier goes first.
        assertThat(picks(balancer, 6))
                .containsExactly(
                        "10.0.0.0:80", "10.0.0.1:80", "10.0.0.0:80", "10.0.0.0:80", "10.0.0.1:80", "10.0.0.0:80");
    }

    @Test
    void randomIgnoresWeights() {
        assertThat(new Balancing(new LoadBalancingPolicy.Random(), Balancing.world(1))
                        .locality(0, 1, "h1 h9")
                        .picks(10_000)
                        .get("10.0.0.0:80"))
                .isBetween(4_800, 5_200);
    }

    @Test
    void leastRequestTakesTheLessBusyOfTwoDraws() {
        ManualWorld world = World.manual();
        Balancing cluster =
                new Balancing(new LoadBalancingPolicy.LeastRequest(2, 1, null), world.world()).locality(0, 1, "h h h");
        LoadBalancer balancer = cluster.build();
        host(cluster, 0).attemptStarted();

        world.dice(0, 1, 1, 0, 0, 0, 2, 1);
        assertThat(picks(balancer, 4))
                .as("0 or 1, 1 or 0, 0 twice, and a tie that the first drawn wins")
                .containsExactly("10.0.0.1:80", "10.0.0.1:80", "10.0.0.0:80", "10.0.0.2:80");
    }

    @Test
    void leastRequestWithUnequalWeightsIsAScheduleByWeightAndActivity() {
        Balancing cluster = new Balancing(
                        new LoadBalancingPolicy.LeastRequest(2, 1, null),
                        World.manual().world())
                .locality(0, 1, "h4 h2");
        LoadBalancer balancer = cluster.build();
        // 4 / (1+1) against 2 / (0+1): alike, although the weights are 2 to 1.
        host(cluster, 0).attemptStarted();
        picks(balancer, 2);

        assertThat(picks(balancer, 100).stream().filter("10.0.0.0:80"::equals)).hasSize(50);
    }

    @Test
    void biasZeroLeavesActivityOut() {
        Balancing cluster = new Balancing(
                        new LoadBalancingPolicy.LeastRequest(2, 0, null),
                        World.manual().world())
                .locality(0, 1, "h4 h2");
        LoadBalancer balancer = cluster.build();
        for (int i = 0; i < 9; i++) {
            host(cluster, 0).attemptStarted();
        }

        assertThat(picks(balancer, 60).stream().filter("10.0.0.0:80"::equals)).hasSize(40);
    }

    @Test
    void aYoungHostGrowsIntoItsShare() {
        ManualWorld world = World.manual();
        SlowStart tenSeconds = new SlowStart(Duration.ofSeconds(10), 1, 10);
        Balancing cluster = new Balancing(new LoadBalancingPolicy.RoundRobin(tenSeconds), world.world());
        cluster.locality(0, 1, "h").build();
        world.advance(Duration.ofSeconds(60));
        LoadBalancer balancer = cluster.locality(0, 1, "h").build();
        assertThat(balancer.settlesAt()).isEqualTo(70_000_000_000L);

        assertThat(shareOfSecond(balancer)).as("at least 10 %").isBetween(0.08, 0.11);
        world.advance(Duration.ofSeconds(5));
        picks(balancer, 20);
        assertThat(shareOfSecond(balancer)).as("half of its weight").isBetween(0.32, 0.35);
        world.advance(Duration.ofSeconds(5));
        assertThat(cluster.build().settlesAt()).isEqualTo(Long.MAX_VALUE);
    }

    private static double shareOfSecond(LoadBalancer balancer) {
        return picks(balancer, 1_000).stream().filter("10.0.1.0:80"::equals).count() / 1_000.0;
    }

    static List<String> picks(LoadBalancer balancer, int count) {
        List<String> picks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picks.add(String.valueOf(balancer.pick(new Draw())));
        }
        return picks;
    }

    private static Host host(Balancing cluster, int index) {
        return cluster.upstream.hosts().priorities().get(0).all().get(index);
    }
}
