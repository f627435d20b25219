package dev.weft.engine;

import dev.weft.config.Cluster.ServiceRef;
import dev.weft.upstream.HostView;
import java.util.List;

/**
 * A cluster at one moment, as this process sees it.
 *
 * @param cluster as in {@code outbound|9080|v1|reviews.default.svc.cluster.local}
 * @param service who is behind it
 * @param hosts all, whatever their health
 * @param healthy how many may be chosen
 * @param active attempts in flight, mirrors included
 * @param full the limit of attempts in flight is reached: the next one is answered 503 {@code UO}
 */
public record UpstreamView(
        String cluster, ServiceRef service, List<HostView> hosts, int healthy, int active, boolean full) {
    public UpstreamView {
        hosts = List.copyOf(hosts);
    }

    static UpstreamView of(ServedCluster served) {
        LiveCluster live = served.live;
        int active = live.breaker.requests();
        return new UpstreamView(
                served.cluster().name(),
                served.cluster().service(),
                live.upstream.view(),
                live.upstream.hosts().healthy(),
                active,
                active >= live.breaker.limits().maxRequests());
    }

    /** How many are out of rotation because of what they did. */
    public long ejected() {
        return hosts.stream().filter(host -> host.ejection() != null).count();
    }
}
