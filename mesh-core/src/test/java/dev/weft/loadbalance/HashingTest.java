package dev.weft.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.LoadBalancingPolicy;
import dev.weft.runtime.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Ring and Maglev: known places (computed by a second implementation, in Python, from the rules), fair shares, and little
 * movement.
 */
final class HashingTest {
    private static final LoadBalancingPolicy RING = new LoadBalancingPolicy.RingHash(1024, 8_388_608, false);
    private static final LoadBalancingPolicy MAGLEV = new LoadBalancingPolicy.Maglev(65_537, false);
    private static final List<String> KEYS = List.of("jason", "anna", "user-7", "a", "b", "c", "d");

    @Test
    void keysStandOnTheRingWhereEnvoyPutsThem() {
        LoadBalancer ring = balancer(RING, "h1 h2 h1");

        assertThat(KEYS.stream().map(key -> place(ring, key, 0))).containsExactly(1, 0, 1, 1, 0, 2, 1);
        assertThat(IntStream.range(0, 4).mapToObj(n -> place(ring, "jason", n)))
                .as("each reselection goes one place on")
                .containsExactly(1, 0, 1, 1);
    }

    @Test
    void keysStandInTheTableWhereEnvoyPutsThem() {
        LoadBalancer table = balancer(MAGLEV, "h1 h2 h1");

        assertThat(KEYS.stream().map(key -> place(table, key, 0))).containsExactly(1, 1, 2, 1, 2, 0, 2);
        assertThat(IntStream.range(0, 4).mapToObj(n -> place(table, "jason", n)))
                .containsExactly(1, 0, 1, 1);
    }

    @Test
    void aKeyKeepsItsPriority() {
        LoadBalancer ring = new Balancing(RING, World.manual().world())
                .locality(0, 1, "h u")
                .locality(1, 1, "h")
                .build();
        long inSpill = 71 + 100L * 12_345;
        Draw selection = new Draw().hash(inSpill);
        for (int i = 0; i < 10; i++) {
            ring.pick(selection);
            assertThat(selection.priority).isEqualTo(1);
        }
    }

    @Test
    void withoutAHashHostsAreDrawn() {
        assertThat(new Balancing(RING, Balancing.world(3))
                        .locality(0, 1, "h h h h")
                        .picks(200))
                .hasSize(4);
    }

    @Test
    void localityWeightsShareTheTable() {
        Map<Integer, Integer> shares = new Balancing(MAGLEV, Balancing.world(3))
                .localityWeighted()
                .locality(0, 3, "h h h")
                .locality(0, 1, "h")
                .picksByLocality(20_000);

        assertThat(shares.get(1)).isBetween(4_700, 5_300);
    }

    @Property(tries = 20)
    void maglevGivesEachHostItsShare(@ForAll @IntRange(min = 2, max = 60) int hosts) {
        // Each place of the table once; the last round may end in the middle.
        shares(balancer(MAGLEV, "h ".repeat(hosts)), hosts, 1)
                .forEach((host, share) ->
                        assertThat(share * 65_537).isBetween(65_537 / hosts - 1.0, 65_537 / hosts + 2.0));
    }

    @Property(tries = 20)
    void theRingGivesEachHostAboutItsShare(@ForAll @IntRange(min = 2, max = 10) int hosts) {
        LoadBalancingPolicy large = new LoadBalancingPolicy.RingHash(65_536, 8_388_608, false);
        shares(balancer(large, "h ".repeat(hosts)), hosts, 0x9E37_79B9_7F4A_7C15L)
                .forEach((host, share) -> assertThat(share * hosts).isBetween(0.93, 1.07));
    }

    @Property(tries = 20)
    void littleMovesOnTheRingWhenAHostIsLost(
            @ForAll @IntRange(min = 3, max = 20) int hosts, @ForAll @IntRange(max = 19) int lost) {
        // The ring keeps its size: the others share the points of the lost one, which also fall before each other's old
        // points.
        LoadBalancingPolicy ring = new LoadBalancingPolicy.RingHash(4_096, 8_388_608, false);
        assertThat(moved(ring, hosts, lost % hosts) * hosts)
                .as("in shares of one host")
                .isLessThan(1.3);
    }

    @Property(tries = 10)
    void littleMovesInTheTableWhenAHostIsLost(
            @ForAll @IntRange(min = 3, max = 20) int hosts, @ForAll @IntRange(max = 19) int lost) {
        assertThat(moved(MAGLEV, hosts, lost % hosts)).isLessThan(0.1);
    }

    /** The share of keys that were on other hosts than the lost one and changed their host. */
    private static double moved(LoadBalancingPolicy policy, int hosts, int gone) {
        String[] letters = Stream.generate(() -> "h").limit(hosts).toArray(String[]::new);
        LoadBalancer before = balancer(policy, String.join(" ", letters));
        letters[gone] = "u";
        LoadBalancer after = balancer(policy, String.join(" ", letters));
        int elsewhere = 0;
        int moved = 0;
        for (int key = 0; key < 5_000; key++) {
            int from = place(before, "key-" + key, 0);
            if (from != gone) {
                elsewhere++;
                moved += place(after, "key-" + key, 0) == from ? 0 : 1;
            }
        }
        return (double) moved / elsewhere;
    }

    /** @param step from one hash to the next; the golden ratio of 2^64 spreads them evenly over the circle */
    private static Map<Integer, Double> shares(LoadBalancer balancer, int hosts, long step) {
        Map<Integer, Double> shares = new HashMap<>();
        int keys = 65_537;
        for (long key = 0; key < keys; key++) {
            Draw selection = new Draw().hash(key * step);
            shares.merge(index(String.valueOf(balancer.pick(selection))), 1.0 / keys, Double::sum);
        }
        assertThat(shares).hasSize(hosts);
        return shares;
    }

    private static LoadBalancer balancer(LoadBalancingPolicy policy, String hosts) {
        return new Balancing(policy, World.manual().world())
                .locality(0, 1, hosts)
                .build();
    }

    private static int place(LoadBalancer balancer, String key, int reselection) {
        Draw selection = new Draw().hash(XxHash64.of(key)).reselection(reselection);
        return index(String.valueOf(balancer.pick(selection)));
    }

    private static int index(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf('.') + 1, address.indexOf(':')));
    }
}
