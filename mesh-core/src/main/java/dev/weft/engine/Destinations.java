package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.config.MeshSnapshot;
import java.util.HashMap;
import java.util.Map;

/** Makes destinations from snapshots and keeps those whose cluster has not changed. Control thread only. */
final class Destinations {
    private final GuardedObserver observer;
    private Map<String, Destination> current = Map.of();

    Destinations(GuardedObserver observer) {
        this.observer = observer;
    }

    Map<String, Destination> of(MeshSnapshot snapshot) {
        Map<String, Destination> next = new HashMap<>();
        for (Cluster cluster : snapshot.clusters().values()) {
            ServedCluster earlier = (ServedCluster) current.get(cluster.name());
            ServedCluster served = earlier != null && earlier.cluster() == cluster
                    ? earlier
                    : new ServedCluster(cluster, observer.destination(cluster));
            served.endpoints(snapshot.endpoints().get(cluster.edsName()));
            next.put(cluster.name(), served);
        }
        current = next;
        return next;
    }
}
