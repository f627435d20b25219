package dev.weft.loadbalance;

import dev.weft.runtime.Randomness;
import dev.weft.upstream.Host;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Each in turn; all weights are equal. The start is drawn, or all clients would begin with the same host. */
final class RoundRobin implements Picker {
    private final Host[] hosts;
    private final AtomicInteger turn;

    RoundRobin(List<Host> hosts, Randomness dice) {
        this.hosts = hosts.toArray(Host[]::new);
        this.turn = new AtomicInteger(dice.nextInt(this.hosts.length));
    }

    @Override
    public Host pick(long hash, int reselection) {
        // Unsigned, so that the turn may overflow without ever going negative.
        return hosts[Integer.remainderUnsigned(turn.getAndIncrement(), hosts.length)];
    }
}
