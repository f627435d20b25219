package dev.weft.upstream;

import dev.weft.config.Locality;
import java.util.List;

/**
 * The hosts of one place within a priority, by health. Immutable.
 *
 * @param weight among the localities of the priority
 * @param all whatever their health
 * @param healthy said to be healthy, and not ejected
 * @param degraded said to be degraded, and not ejected
 */
public record LocalityHosts(Locality locality, int weight, List<Host> all, List<Host> healthy, List<Host> degraded) {
    public LocalityHosts {
        all = List.copyOf(all);
        healthy = List.copyOf(healthy);
        degraded = List.copyOf(degraded);
    }
}
