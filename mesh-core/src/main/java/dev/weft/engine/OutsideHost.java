package dev.weft.engine;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.config.Endpoint;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.UpstreamTls;
import dev.weft.request.RequestHead;
import dev.weft.telemetry.MeshObserver.DestinationObserver;
import dev.weft.upstream.Host;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host that the mesh does not know and lets pass: where the caller's URL points, encrypted if it says {@code https}. */
record OutsideHost(Cluster cluster, Host host, DestinationObserver observer) implements UnwatchedHost {

    static OutsideHost of(RequestHead head, DestinationObserver observer) {
        String name = head.dialledHost();
        UpstreamTls tls = "https".equals(head.scheme())
                ? new UpstreamTls(UpstreamTls.Mode.SIMPLE, name, List.of(name), List.of())
                : null;
        Cluster cluster = cluster(tls);
        return new OutsideHost(cluster, new Host(cluster.name(), Endpoint.of(name, head.port())), observer);
    }

    /** The cluster that all outside hosts show in metrics, with this encryption. */
    static Cluster cluster(@Nullable UpstreamTls tls) {
        String name = MeshSnapshot.PASSTHROUGH_CLUSTER;
        return new Cluster(
                name,
                Cluster.Discovery.ORIGINAL_DESTINATION,
                name,
                new LoadBalancingPolicy.RoundRobin(null),
                false,
                0,
                Duration.ofSeconds(10),
                CircuitBreakers.NONE,
                null,
                Cluster.Protocol.DOWNSTREAM,
                0,
                null,
                tls,
                null,
                new Cluster.ServiceRef(name, name, "", "", 0));
    }

    @Override
    public void requestStarted(long now) {}

    @Override
    public boolean tryStartRequest() {
        return true;
    }

    @Override
    public void requestEnded() {}

    @Override
    public boolean tryStartRetry(long now) {
        return false;
    }

    @Override
    public void retryEnded() {}

    @Override
    public String health() {
        return "not watched";
    }

    @Override
    public String retryLimit() {
        return "none";
    }
}
