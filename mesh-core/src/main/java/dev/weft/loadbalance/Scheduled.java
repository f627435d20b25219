package dev.weft.loadbalance;

import dev.weft.runtime.Randomness;
import dev.weft.upstream.Host;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** By a schedule of weights that need not be equal, nor stay as they are. */
final class Scheduled implements Picker {
    private final Host[] hosts;
    private final EdfStripes schedule;

    /** @param weight above 0; asked each time a host has been picked */
    Scheduled(List<Host> hosts, ToDoubleFunction<Host> weight, Randomness dice) {
        Host[] fixed = hosts.toArray(Host[]::new);
        this.hosts = fixed;
        this.schedule = new EdfStripes(fixed.length, i -> weight.applyAsDouble(fixed[i]), dice);
    }

    @Override
    public Host pick(long hash, int reselection) {
        return hosts[schedule.next()];
    }
}
