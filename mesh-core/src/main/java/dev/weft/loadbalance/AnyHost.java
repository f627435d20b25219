package dev.weft.loadbalance;

import dev.weft.runtime.Randomness;
import dev.weft.upstream.Host;
import java.util.List;

/** A uniform draw; weights do not matter, as in Envoy. */
final class AnyHost implements Picker {
    private final Host[] hosts;
    private final Randomness dice;

    AnyHost(List<Host> hosts, Randomness dice) {
        this.hosts = hosts.toArray(Host[]::new);
        this.dice = dice;
    }

    @Override
    public Host pick(long hash, int reselection) {
        return hosts[hosts.length == 1 ? 0 : dice.nextInt(hosts.length)];
    }
}
