package dev.weft.loadbalance;

import dev.weft.config.Cluster;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.World;
import dev.weft.upstream.Host;
import dev.weft.upstream.HostSet;
import dev.weft.upstream.HostSets;
import dev.weft.upstream.LocalityHosts;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cluster's policy over the hosts of one moment: priority, then panic or not, then locality, then host. Built on the control
 * thread and never changed, but for the turns that its pickers count. {@link #pick} may be called from any thread.
 */
public final class LoadBalancer {
    private final HostSets hosts;
    private final PriorityLoads loads;
    private final @Nullable Picker[] healthy;
    private final @Nullable Picker[] degraded;
    private final boolean hashing;
    private final long settlesAt;
    private final Randomness dice;

    // The priority whose healthy hosts get every request, or -1 when it has to be chosen.
    private final int only;

    private LoadBalancer(Cluster cluster, HostSets hosts, World world) {
        this.hosts = hosts;
        this.dice = world.randomness();
        loads = PriorityLoads.of(hosts, cluster.panicThreshold());
        hashing = hashes(cluster.policy());
        Policies policies = new Policies(cluster.policy(), world);
        List<HostSet> sets = hosts.priorities();
        healthy = new Picker[sets.size()];
        degraded = new Picker[sets.size()];
        int whole = -1;
        for (int p = 0; p < healthy.length; p++) {
            HostSet set = sets.get(p);
            healthy[p] = loads.panic()[p]
                    ? policies.flat(set.all())
                    : picker(cluster, policies, set, set.healthy(), LocalityHosts::healthy);
            degraded[p] = picker(cluster, policies, set, set.degraded(), LocalityHosts::degraded);
            whole = loads.healthy()[p] == 100 ? p : whole;
        }
        only = whole;
        settlesAt = policies.settlesAt();
    }

    private @Nullable Picker picker(
            Cluster cluster,
            Policies policies,
            HostSet set,
            List<Host> flat,
            Function<LocalityHosts, List<Host>> eligible) {
        return cluster.localityWeighted()
                ? policies.byLocality(set, eligible, hosts.overprovisioningPercent())
                : policies.flat(flat);
    }

    /** Compiles. Control thread. */
    public static LoadBalancer of(Cluster cluster, HostSets hosts, World world) {
        return new LoadBalancer(cluster, hosts, world);
    }

    /** Whether a hash of the request decides under this policy. */
    public static boolean hashes(LoadBalancingPolicy policy) {
        return Policies.hashes(policy);
    }

    /**
     * When the slow start of the youngest host is over and this has to be built anew, on the ticker's clock; {@link
     * Long#MAX_VALUE} if nobody is in slow start.
     */
    public long settlesAt() {
        return settlesAt;
    }

    /** A host for the next attempt, or null: the priority that was chosen has none that may be used. */
    public @Nullable Host pick(Selection selection) {
        long hash = !hashing ? 0 : selection.hashed() ? selection.hash() : dice.nextLong();
        PriorityLoads current = loads;
        if (selection.avoidedPriorities() == 0) {
            if (only >= 0) {
                return pick(selection, only, false, hash);
            }
        } else {
            PriorityLoads others = PriorityLoads.without(selection.avoidedPriorities(), hosts, loads);
            current = others == null ? loads : others;
        }
        int die = hashing ? (int) Long.remainderUnsigned(hash, 100) : dice.nextInt(100);
        int reached = 0;
        for (int p = 0; p < healthy.length; p++) {
            reached += current.healthy()[p];
            if (die < reached) {
                return pick(selection, p, false, hash);
            }
        }
        for (int p = 0; p < degraded.length; p++) {
            reached += current.degraded()[p];
            if (die < reached) {
                return pick(selection, p, true, hash);
            }
        }
        return null;
    }

    private @Nullable Host pick(Selection selection, int priority, boolean ofDegraded, long hash) {
        selection.came(priority, ofDegraded, !ofDegraded && loads.panic()[priority]);
        Picker picker = ofDegraded ? degraded[priority] : healthy[priority];
        return picker == null ? null : picker.pick(hash, selection.reselection());
    }

    /** For explanations: how requests are shared out over priorities, or an empty text when there is nothing to tell. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        if (hosts.size() == 0) {
            return "";
        }
        for (int p = 0; p < healthy.length; p++) {
            if (healthy.length > 1 || loads.panic()[p] || loads.degraded()[p] > 0) {
                text.append(text.isEmpty() ? "" : ", ").append("priority ").append(p);
                text.append(' ')
                        .append(loads.healthy()[p] + loads.degraded()[p])
                        .append(" %");
                text.append(loads.panic()[p] ? " in panic: health is ignored" : "");
                text.append(loads.degraded()[p] > 0 ? ", " + loads.degraded()[p] + " of it degraded" : "");
            }
        }
        return text.toString();
    }
}
