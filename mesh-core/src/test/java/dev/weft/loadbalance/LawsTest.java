package dev.weft.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.LoadBalancingPolicy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for any weights, health and priorities. */
final class LawsTest {

    @Property
    void aScheduleGivesEachItemItsShare(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 50) Integer> weights,
            @ForAll @IntRange(max = 100) int skip) {
        EdfSchedule schedule = new EdfSchedule(weights.size(), weights::get, skip);
        int sum = weights.stream().mapToInt(w -> w).sum();
        int rounds = 3;
        int[] picks = new int[weights.size()];
        for (int i = 0; i < rounds * sum; i++) {
            picks[schedule.next()]++;
        }
        for (int i = 0; i < picks.length; i++) {
            assertThat(picks[i])
                    .as("item %d of weights %s", i, weights)
                    .isBetween(rounds * weights.get(i) - 2, rounds * weights.get(i) + 2);
        }
    }

    @Property
    void loadsAlwaysSumTo100(
            @ForAll("priorities") List<String> priorities, @ForAll @IntRange(max = 100) int panicThreshold) {
        Balancing cluster = cluster(priorities);
        cluster.build();
        PriorityLoads loads = PriorityLoads.of(cluster.upstream.hosts(), panicThreshold);

        assertThat(IntStream.concat(IntStream.of(loads.healthy()), IntStream.of(loads.degraded()))
                        .sum())
                .isEqualTo(100);
        assertThat(IntStream.of(loads.healthy())).allMatch(load -> load >= 0);
        assertThat(IntStream.of(loads.degraded())).allMatch(load -> load >= 0);
    }

    @Property
    void withoutSomePrioritiesTheOthersTakeAll(
            @ForAll("priorities") List<String> priorities, @ForAll @IntRange(min = 1, max = 31) int avoided) {
        Balancing cluster = cluster(priorities);
        cluster.build();
        PriorityLoads all = PriorityLoads.of(cluster.upstream.hosts(), 0);
        PriorityLoads some = PriorityLoads.without(avoided, cluster.upstream.hosts(), all);

        if (some != null) {
            assertThat(IntStream.concat(IntStream.of(some.healthy()), IntStream.of(some.degraded()))
                            .sum())
                    .isEqualTo(100);
            for (int p = 0; p < some.healthy().length; p++) {
                if ((avoided >>> p & 1) == 1) {
                    assertThat(some.healthy()[p] + some.degraded()[p]).isZero();
                }
            }
        }
    }

    @Property
    void anUnhealthyHostIsPickedOnlyInPanic(
            @ForAll("priorities") List<String> priorities,
            @ForAll @IntRange(max = 100) int panicThreshold,
            @ForAll long seed) {
        Balancing cluster = new Balancing(new LoadBalancingPolicy.Random(), Balancing.world(seed));
        addTo(cluster, priorities);
        LoadBalancer balancer = cluster.panicThreshold(panicThreshold).build();
        for (int i = 0; i < 50; i++) {
            Draw selection = new Draw();
            var host = balancer.pick(selection);
            if (host != null && !selection.panic) {
                var set = cluster.upstream.hosts().priorities().get(selection.priority);
                assertThat(selection.degraded ? set.degraded() : set.healthy()).contains(host);
            }
        }
    }

    /** Up to five priorities of up to eight hosts. */
    @Provide
    Arbitrary<List<String>> priorities() {
        return Arbitraries.of("h", "d", "u")
                .list()
                .ofMaxSize(8)
                .map(hosts -> hosts.stream().collect(Collectors.joining(" ")))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private static Balancing cluster(List<String> priorities) {
        Balancing cluster = new Balancing(new LoadBalancingPolicy.RoundRobin(null), Balancing.world(1));
        addTo(cluster, priorities);
        return cluster;
    }

    private static void addTo(Balancing cluster, List<String> priorities) {
        for (int p = 0; p < priorities.size(); p++) {
            cluster.locality(p, 1, priorities.get(p));
        }
    }
}
