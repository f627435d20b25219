package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.config.MeshSnapshot;
import dev.weft.runtime.World;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes destinations from snapshots and keeps those whose cluster has not changed. A cluster whose record changes gets a new
 * destination over its old live state; calls that began before go on with the old one. Control thread only.
 */
final class Destinations {
    private final World world;
    private final GuardedObserver observer;
    private final Runnable changed;
    private Map<String, ServedCluster> current = Map.of();

    /** @param changed told of every change of a cluster's hosts or of their health, under the lock of its upstream */
    Destinations(World world, GuardedObserver observer, Runnable changed) {
        this.world = world;
        this.observer = observer;
        this.changed = changed;
    }

    Map<String, ? extends Destination> of(MeshSnapshot snapshot) {
        Map<String, ServedCluster> next = new HashMap<>();
        for (Cluster cluster : snapshot.clusters().values()) {
            ServedCluster earlier = current.get(cluster.name());
            ServedCluster served = earlier != null && earlier.cluster() == cluster ? earlier : served(cluster, earlier);
            served.live.upstream.update(snapshot.endpoints().get(cluster.edsName()));
            if (served != earlier) {
                served.begin();
            }
            next.put(cluster.name(), served);
        }
        current.forEach((name, gone) -> {
            if (!next.containsKey(name)) {
                gone.live.close();
            }
        });
        current = next;
        return next;
    }

    private ServedCluster served(Cluster cluster, @Nullable ServedCluster earlier) {
        LiveCluster live = earlier == null ? new LiveCluster(cluster, world) : earlier.live;
        live.describedBy(cluster);
        return new ServedCluster(cluster, observer.destination(cluster), live, changed);
    }
}
