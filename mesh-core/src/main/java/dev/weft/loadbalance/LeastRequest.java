package dev.weft.loadbalance;

import dev.weft.runtime.Randomness;
import dev.weft.upstream.Host;
import java.util.List;

/**
 * Of several hosts drawn with replacement, the one with the fewest active requests; the first drawn wins a tie. For equal weights
 * only: see {@link Scheduled} for others.
 */
final class LeastRequest implements Picker {
    private final Host[] hosts;
    private final int choices;
    private final Randomness dice;

    LeastRequest(List<Host> hosts, int choices, Randomness dice) {
        this.hosts = hosts.toArray(Host[]::new);
        this.choices = choices;
        this.dice = dice;
    }

    @Override
    public Host pick(long hash, int reselection) {
        if (hosts.length == 1) {
            return hosts[0];
        }
        Host best = hosts[dice.nextInt(hosts.length)];
        int fewest = best.active();
        for (int i = 1; i < choices; i++) {
            Host drawn = hosts[dice.nextInt(hosts.length)];
            int active = drawn.active();
            if (active < fewest) {
                best = drawn;
                fewest = active;
            }
        }
        return best;
    }
}
