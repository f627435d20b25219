package dev.weft.loadbalance;

import dev.weft.upstream.HostSet;
import dev.weft.upstream.HostSets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many of 100 requests go to each priority, in Envoy's integer arithmetic.
 *
 * @param healthy percent to the healthy hosts of each priority, or to all its hosts where it panics
 * @param degraded percent to the degraded hosts of each priority
 * @param panic whether health is ignored in a priority
 */
record PriorityLoads(int[] healthy, int[] degraded, boolean[] panic) {

    /** @param panicThreshold percent of usable hosts under which a priority panics; 0 = never */
    static PriorityLoads of(HostSets hosts, double panicThreshold) {
        List<HostSet> sets = hosts.priorities();
        int count = sets.size();
        int[] health = new int[count];
        int[] degradedHealth = new int[count];
        int sum = 0;
        for (int p = 0; p < count; p++) {
            HostSet set = sets.get(p);
            health[p] = percent(
                    hosts.overprovisioningPercent(),
                    set.healthy().size(),
                    set.all().size());
            degradedHealth[p] = percent(
                    hosts.overprovisioningPercent(),
                    set.degraded().size(),
                    set.all().size());
            sum += health[p] + degradedHealth[p];
        }
        boolean[] panic = new boolean[count];
        boolean allPanic = panicThreshold > 0 && sum < 100;
        for (int p = 0; p < count && panicThreshold > 0 && sum < 100; p++) {
            panic[p] = panics(sets.get(p), panicThreshold);
            allPanic &= panic[p];
        }
        return allPanic ? byNumber(sets, panic) : distribute(health, degradedHealth, panic);
    }

    /** These loads with some priorities left out, or null when none would be left. */
    static @Nullable PriorityLoads without(int avoided, HostSets hosts, PriorityLoads all) {
        List<HostSet> sets = hosts.priorities();
        int count = sets.size();
        int[] health = new int[count];
        int[] degradedHealth = new int[count];
        int sum = 0;
        for (int p = 0; p < count; p++) {
            if (p >= Integer.SIZE || (avoided >>> p & 1) == 0) {
                HostSet set = sets.get(p);
                health[p] = percent(
                        hosts.overprovisioningPercent(),
                        set.healthy().size(),
                        set.all().size());
                degradedHealth[p] = percent(
                        hosts.overprovisioningPercent(),
                        set.degraded().size(),
                        set.all().size());
                sum += health[p] + degradedHealth[p];
            }
        }
        return sum == 0 ? null : distribute(health, degradedHealth, all.panic);
    }

    private static int percent(int overprovisioning, int usable, int all) {
        return all == 0 ? 0 : (int) Math.min(100, (long) overprovisioning * usable / all);
    }

    private static boolean panics(HostSet set, double threshold) {
        int all = set.all().size();
        return all == 0 || 100.0 * (set.healthy().size() + set.degraded().size()) / all < threshold;
    }

    private static PriorityLoads distribute(int[] health, int[] degradedHealth, boolean[] panic) {
        int count = health.length;
        int sum = 0;
        for (int p = 0; p < count; p++) {
            sum += health[p] + degradedHealth[p];
        }
        int[] healthy = new int[count];
        int[] degraded = new int[count];
        if (sum == 0) {
            healthy[0] = 100;
            return new PriorityLoads(healthy, degraded, panic);
        }
        int total = Math.min(100, sum);
        int left = spread(health, total, 100, healthy);
        left = spread(degradedHealth, total, left, degraded);
        if (left > 0) {
            int first = firstAbove0(health);
            if (first >= 0) {
                healthy[first] += left;
            } else {
                degraded[firstAbove0(degradedHealth)] += left;
            }
        }
        return new PriorityLoads(healthy, degraded, panic);
    }

    /** @return what is left to give */
    private static int spread(int[] health, int total, int toGive, int[] loads) {
        int left = toGive;
        for (int p = 0; p < health.length; p++) {
            loads[p] = Math.min(left, health[p] * 100 / total);
            left -= loads[p];
        }
        return left;
    }

    /** Where every priority panics, each gets what its number of hosts is worth. */
    private static PriorityLoads byNumber(List<HostSet> sets, boolean[] panic) {
        int all = 0;
        for (HostSet set : sets) {
            all += set.all().size();
        }
        int[] loads = new int[sets.size()];
        int left = 100;
        int first = -1;
        for (int p = 0; p < loads.length && all > 0; p++) {
            int hosts = sets.get(p).all().size();
            loads[p] = (int) (100L * hosts / all);
            left -= loads[p];
            first = first < 0 && hosts > 0 ? p : first;
        }
        loads[Math.max(0, first)] += left;
        return new PriorityLoads(loads, new int[loads.length], panic);
    }

    private static int firstAbove0(int[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                return i;
            }
        }
        return -1;
    }
}
