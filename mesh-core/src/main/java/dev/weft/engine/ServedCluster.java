package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.request.ResponseHead;
import dev.weft.telemetry.MeshObserver.DestinationObserver;
import dev.weft.upstream.Host;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A cluster of the configuration. */
final class ServedCluster implements Destination {
    private final Cluster cluster;
    private final DestinationObserver observer;
    private final AtomicLong active = new AtomicLong();
    private final AtomicInteger turn = new AtomicInteger();

    // Written by the control thread, read by calls.
    private volatile List<Host> hosts = List.of();

    ServedCluster(Cluster cluster, DestinationObserver observer) {
        this.cluster = cluster;
        this.observer = observer;
    }

    void endpoints(@Nullable ClusterLoadAssignment assignment) {
        if (assignment == null) {
            return;
        }
        List<Host> before = hosts;
        hosts = assignment.localities().stream()
                .flatMap(locality -> locality.endpoints().stream())
                .filter(endpoint -> endpoint.health() == Endpoint.Health.HEALTHY)
                .map(endpoint -> before.stream()
                        .filter(host -> host.endpoint().equals(endpoint))
                        .findFirst()
                        .orElseGet(() -> new Host(cluster.name(), endpoint)))
                .toList();
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @Override
    public DestinationObserver observer() {
        return observer;
    }

    @Override
    public void requestStarted() {}

    @Override
    public boolean tryStartRequest() {
        if (active.incrementAndGet() > cluster.breakers().maxRequests()) {
            active.decrementAndGet();
            return false;
        }
        return true;
    }

    @Override
    public void requestEnded() {
        active.decrementAndGet();
    }

    @Override
    public boolean tryStartRetry() {
        return true;
    }

    @Override
    public void retryEnded() {}

    @Override
    public @Nullable Host pick(Tries tries) {
        List<Host> all = hosts;
        return all.isEmpty() ? null : all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
    }

    @Override
    public boolean answered(Host host, ResponseHead response) {
        return false;
    }

    @Override
    public void answered(Host host, Attempt.Closed end) {}

    @Override
    public void lost(Host host, Attempt.Failure failure) {}

    @Override
    public boolean hashes() {
        return false;
    }

    @Override
    public String health() {
        return hosts.size() + " healthy";
    }
}
