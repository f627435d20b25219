package dev.weft.loadbalance;

import dev.weft.config.LoadBalancingPolicy.SlowStart;
import dev.weft.runtime.Ticker;
import dev.weft.upstream.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much of its weight a young host gets. */
final class SlowStarts {
    private static final long MILLI = 1_000_000;

    private final long window;
    private final double exponent;
    private final double least;
    private final Ticker ticker;

    private SlowStarts(SlowStart said, Ticker ticker) {
        this.window = said.window().toNanos();
        this.exponent = said.aggression() <= 0 ? 1 : 1 / said.aggression();
        this.least = said.minPercent() / 100;
        this.ticker = ticker;
    }

    /** Null when there is nothing to do: nothing was said, or all of these hosts are old enough. */
    static @Nullable SlowStarts of(@Nullable SlowStart said, List<Host> hosts, Ticker ticker) {
        if (said == null || said.window().isZero() || said.window().isNegative()) {
            return null;
        }
        SlowStarts starts = new SlowStarts(said, ticker);
        return starts.endNanos(hosts) - ticker.nanoTime() > 0 ? starts : null;
    }

    /** When the youngest of these hosts has come of age. */
    long endNanos(List<Host> hosts) {
        long youngest = hosts.get(0).firstSeenNanos();
        for (Host host : hosts) {
            youngest = host.firstSeenNanos() - youngest > 0 ? host.firstSeenNanos() : youngest;
        }
        return youngest + window;
    }

    /** The share of its weight that this host gets now, above 0 and up to 1. */
    double factor(Host host) {
        long age = ticker.nanoTime() - host.firstSeenNanos();
        if (age >= window) {
            return 1;
        }
        double grown = Math.pow((double) Math.max(MILLI, age) / window, exponent);
        return Math.min(1, Math.max(least, grown));
    }
}
