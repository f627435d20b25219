package dev.weft.upstream;

import java.util.ArrayList;
import java.util.List;

/**
 * The hosts of a cluster at one moment, by priority. Immutable: a change of membership or health makes a new one.
 *
 * @param priorities 0 first; one without hosts is empty and not left out
 * @param overprovisioningPercent how much more than its share a healthy host is trusted with, 140 unless said
 */
public record HostSets(List<HostSet> priorities, int overprovisioningPercent) {
    /** No hosts, one priority. */
    public static final HostSets NONE = new HostSets(List.of(HostSet.of(List.of())), 140);

    public HostSets {
        priorities = List.copyOf(priorities);
    }

    /** How many hosts there are, whatever their health. */
    public int size() {
        int size = 0;
        for (HostSet priority : priorities) {
            size += priority.all().size();
        }
        return size;
    }

    /** How many of them are healthy. */
    public int healthy() {
        int healthy = 0;
        for (HostSet priority : priorities) {
            healthy += priority.healthy().size();
        }
        return healthy;
    }

    /**
     * For reasons: {@code 1 of 3 hosts healthy, 2 ejected (5 consecutive 5xx), next back in 18 s}.
     *
     * @param nowNanos on the ticker's clock
     */
    public String describe(long nowNanos) {
        int size = size();
        if (size == 0) {
            return "it has no hosts";
        }
        int degraded = 0;
        int ejected = 0;
        long nextBack = Long.MAX_VALUE;
        String cause = "";
        for (HostSet priority : priorities) {
            degraded += priority.degraded().size();
            for (Host host : priority.all()) {
                Ejection ejection = host.ejection();
                if (ejection != null) {
                    ejected++;
                    long left = Math.max(0, ejection.untilNanos() - nowNanos);
                    if (left < nextBack) {
                        nextBack = left;
                        cause = ejection.cause();
                    }
                }
            }
        }
        int healthy = healthy();
        int unhealthy = size - healthy - degraded - ejected;
        List<String> parts = new ArrayList<>(4);
        parts.add(healthy + " of " + size + " hosts healthy");
        if (degraded > 0) {
            parts.add(degraded + " degraded");
        }
        if (unhealthy > 0) {
            parts.add(unhealthy + " unhealthy or draining");
        }
        if (ejected > 0) {
            parts.add(ejected + " ejected (" + cause + "), next back in " + (nextBack + 999_999_999) / 1_000_000_000
                    + " s");
        }
        return String.join(", ", parts);
    }
}
