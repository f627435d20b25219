package dev.weft.loadbalance;

import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.LoadBalancingPolicy.SlowStart;
import dev.weft.runtime.World;
import dev.weft.upstream.Host;
import dev.weft.upstream.HostSet;
import dev.weft.upstream.LocalityHosts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes pickers as a policy says. */
final class Policies {
    static final long NEVER = Long.MAX_VALUE;

    private final LoadBalancingPolicy policy;
    private final @Nullable SlowStart slowStart;
    private final World world;
    private long settlesAt = NEVER;

    Policies(LoadBalancingPolicy policy, World world) {
        this.policy = policy;
        this.world = world;
        slowStart = policy instanceof LoadBalancingPolicy.RoundRobin roundRobin
                ? roundRobin.slowStart()
                : policy instanceof LoadBalancingPolicy.LeastRequest leastRequest ? leastRequest.slowStart() : null;
    }

    /** Whether a hash of the request decides. */
    static boolean hashes(LoadBalancingPolicy policy) {
        return policy instanceof LoadBalancingPolicy.RingHash || policy instanceof LoadBalancingPolicy.Maglev;
    }

    /** When the last slow start among the hosts of all pickers made so far ends; {@link #NEVER} if there is none. */
    long settlesAt() {
        return settlesAt;
    }

    /** Null when there are no hosts. */
    @Nullable
    Picker flat(List<Host> hosts) {
        if (hosts.isEmpty()) {
            return null;
        }
        if (policy instanceof LoadBalancingPolicy.RingHash ring) {
            return new RingHash(WeightedHost.of(hosts, ring.useHostname()), ring);
        }
        if (policy instanceof LoadBalancingPolicy.Maglev maglev) {
            return new Maglev(WeightedHost.of(hosts, maglev.useHostname()), maglev.tableSize());
        }
        return policy instanceof LoadBalancingPolicy.Random ? new AnyHost(hosts, world.randomness()) : weighted(hosts);
    }

    /** Place first, then host. Null when there are no hosts. */
    @Nullable
    Picker byLocality(HostSet set, Function<LocalityHosts, List<Host>> eligible, int overprovisioning) {
        List<LocalityHosts> usable = set.localities().stream()
                .filter(locality ->
                        locality.weight() > 0 && !eligible.apply(locality).isEmpty())
                .toList();
        if (usable.isEmpty()) {
            return flat(set.localities().stream()
                    .flatMap(locality -> eligible.apply(locality).stream())
                    .toList());
        }
        if (policy instanceof LoadBalancingPolicy.RingHash ring) {
            return new RingHash(WeightedHost.of(usable, eligible, ring.useHostname()), ring);
        }
        if (policy instanceof LoadBalancingPolicy.Maglev maglev) {
            return new Maglev(WeightedHost.of(usable, eligible, maglev.useHostname()), maglev.tableSize());
        }
        List<Localities.Weighted> weighted = new ArrayList<>();
        for (LocalityHosts locality : usable) {
            Picker picker = flat(eligible.apply(locality));
            if (picker != null) {
                double available = (double) eligible.apply(locality).size()
                        / locality.all().size();
                weighted.add(new Localities.Weighted(
                        picker, locality.weight() * Math.min(1, overprovisioning / 100.0 * available)));
            }
        }
        return weighted.size() == 1 ? weighted.get(0).picker() : new Localities(weighted, world.randomness());
    }

    private Picker weighted(List<Host> hosts) {
        SlowStarts starting = SlowStarts.of(slowStart, hosts, world.ticker());
        if (starting != null) {
            long end = starting.endNanos(hosts);
            settlesAt = settlesAt == NEVER || end - settlesAt > 0 ? end : settlesAt;
        } else if (equalWeights(hosts)) {
            return policy instanceof LoadBalancingPolicy.LeastRequest least
                    ? new LeastRequest(hosts, least.choices(), world.randomness())
                    : new RoundRobin(hosts, world.randomness());
        }
        double bias = policy instanceof LoadBalancingPolicy.LeastRequest least ? least.bias() : 0;
        return new Scheduled(hosts, host -> weight(host, bias, starting), world.randomness());
    }

    private static double weight(Host host, double bias, @Nullable SlowStarts starting) {
        double weight = host.endpoint().weight();
        if (bias != 0) {
            double busy = host.active() + 1.0;
            weight /= bias == 1 ? busy : Math.pow(busy, bias);
        }
        return starting == null ? weight : weight * starting.factor(host);
    }

    private static boolean equalWeights(List<Host> hosts) {
        int first = hosts.get(0).endpoint().weight();
        for (Host host : hosts) {
            if (host.endpoint().weight() != first) {
                return false;
            }
        }
        return true;
    }
}
