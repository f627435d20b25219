package dev.weft.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.LoadBalancingPolicy;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import org.junit.jupiter.api.Test;

/** Which priority and locality a request goes to, in Envoy's arithmetic. */
final class PrioritiesTest {
    private final Balancing cluster = new Balancing(new LoadBalancingPolicy.RoundRobin(null), Balancing.world(7));

    @Test
    void aHealthyPriorityTakesEverything() {
        assertThat(cluster.locality(0, 1, "h h h h u").locality(1, 1, "h").picksByLocality(100))
                .as("80 % healthy times 1.4 is enough")
                .containsOnlyKeys(0);
    }

    @Test
    void halfAPrioritySpillsOver() {
        assertThat(cluster.locality(0, 1, "h u")
                        .locality(1, 1, "h h")
                        .picksByLocality(10_000)
                        .get(0))
                .as("floor(1.4 * 1/2) = 70 %")
                .isBetween(6_800, 7_200);
    }

    @Test
    void degradedHostsComeAfterHealthyOnesOfEveryPriority() {
        PriorityLoads loads = loads(0, "h u u u", "h d u u");
        assertThat(loads.healthy())
                .as("35 + 35 of 105, and the rest of rounding")
                .containsExactly(35, 35);
        assertThat(loads.degraded()).containsExactly(0, 30);
    }

    @Test
    void theRestOfRoundingGoesToTheFirstHealthyPriority() {
        // Health 46, 46: of 92 each gets 50; with 15 of 46 and 31 of 46 it does not come out even.
        PriorityLoads loads = loads(0, "h u u", "h u u", "u");
        assertThat(loads.healthy()).containsExactly(50, 50, 0);
        assertThat(loads(0, "h u u u u u", "h u u u u u u u", "u").healthy()).containsExactly(58, 42, 0);
    }

    @Test
    void nobodyPanicsWhileTheOthersCanTakeTheLoad() {
        assertThat(loads(50, "h u u u", "h h").panic()).containsExactly(false, false);
    }

    @Test
    void aPriorityPanicsUnderTheThreshold() {
        PriorityLoads loads = loads(50, "h u u u u", "h h u u u u");
        assertThat(loads.panic()).containsExactly(true, true);
        assertThat(loads.healthy()).as("all panic: by number of hosts").containsExactly(46, 54);
    }

    @Test
    void inPanicEveryHostIsUsed() {
        assertThat(cluster.panicThreshold(50).locality(0, 1, "h h u u u").picks(100))
                .hasSize(5)
                .allSatisfy((address, picks) -> assertThat(picks).isEqualTo(20));
    }

    @Test
    void atTheThresholdNobodyPanics() {
        assertThat(cluster.panicThreshold(50).locality(0, 1, "h u").picks(100)).hasSize(1);
    }

    @Test
    void withoutPanicNobodyHealthyIsNobody() {
        assertThat(cluster.locality(0, 1, "u u").picks(3)).containsOnlyKeys("none");
    }

    @Test
    void localityWeightsCountOnlyWhenAsked() {
        assertThat(cluster.locality(0, 9, "h").locality(0, 1, "h").picksByLocality(100))
                .containsEntry(0, 50);
    }

    @Test
    void weightedLocalitiesShareByWeight() {
        assertThat(cluster.localityWeighted()
                        .locality(0, 3, "h h")
                        .locality(0, 1, "h")
                        .locality(0, 0, "h")
                        .picksByLocality(400))
                .containsEntry(0, 300)
                .containsEntry(1, 100)
                .hasSize(2);
    }

    @Test
    void aLocalityThatLostHostsGetsLess() {
        assertThat(cluster.localityWeighted()
                        .locality(0, 1, "h u")
                        .locality(0, 1, "h h")
                        .picksByLocality(1_700)
                        .get(0))
                .as("0.7 to 1")
                .isBetween(699, 701);
    }

    @Test
    void triedPrioritiesAreLeftOutUntilNoneRemains() {
        LoadBalancer balancer = cluster.locality(0, 1, "h").locality(1, 1, "h").build();

        Draw selection = new Draw().avoidPriorities(0b01);
        assertThat(String.valueOf(balancer.pick(selection))).isEqualTo("10.0.1.0:80");
        assertThat(selection.priority).isEqualTo(1);
        assertThat(String.valueOf(balancer.pick(new Draw().avoidPriorities(0b11))))
                .as("all tried: as if none were")
                .isEqualTo("10.0.0.0:80");
    }

    @Test
    void theDieIsReadAsEnvoyReadsIt() {
        ManualWorld world = World.manual();
        LoadBalancer balancer = new Balancing(new LoadBalancingPolicy.RoundRobin(null), world.world())
                .locality(0, 1, "h u")
                .locality(1, 1, "h")
                .build();

        world.dice(69, 70);
        assertThat(PolicyTest.picks(balancer, 2)).containsExactly("10.0.0.0:80", "10.0.1.0:80");
        assertThat(balancer.describe()).isEqualTo("priority 0 70 %, priority 1 30 %");
    }

    private static PriorityLoads loads(double panicThreshold, String... priorities) {
        Balancing cluster = new Balancing(
                new LoadBalancingPolicy.RoundRobin(null), World.manual().world());
        for (int p = 0; p < priorities.length; p++) {
            cluster.locality(p, 1, priorities[p]);
        }
        cluster.build();
        return PriorityLoads.of(cluster.upstream.hosts(), panicThreshold);
    }
}
