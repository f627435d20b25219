package dev.weft.upstream;

import java.util.List;
import java.util.function.Function;

/**
 * The hosts of one priority, by health, in the order of their localities. Immutable.
 *
 * @param localities in the order the control plane named them
 * @param all whatever their health
 * @param healthy said to be healthy, and not ejected
 * @param degraded said to be degraded, and not ejected
 */
public record HostSet(List<LocalityHosts> localities, List<Host> all, List<Host> healthy, List<Host> degraded) {

    static HostSet of(List<LocalityHosts> localities) {
        return new HostSet(
                List.copyOf(localities),
                flat(localities, LocalityHosts::all),
                flat(localities, LocalityHosts::healthy),
                flat(localities, LocalityHosts::degraded));
    }

    private static List<Host> flat(List<LocalityHosts> localities, Function<LocalityHosts, List<Host>> part) {
        return localities.size() == 1
                ? part.apply(localities.get(0))
                : localities.stream()
                        .flatMap(locality -> part.apply(locality).stream())
                        .toList();
    }
}
