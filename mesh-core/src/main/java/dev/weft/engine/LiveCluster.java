package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.resilience.breaker.Breaker;
import dev.weft.resilience.outlier.OutlierDetector;
import dev.weft.resilience.retry.RateBudget;
import dev.weft.runtime.World;
import dev.weft.upstream.Upstream;

/** What is known of a cluster by observation: it outlives the records that describe the cluster. Made by the control thread. */
final class LiveCluster {
    final Upstream upstream;
    final Breaker breaker;
    final RateBudget budget;
    final OutlierDetector detector;
    final World world;

    LiveCluster(Cluster cluster, World world) {
        this.world = world;
        upstream = new Upstream(cluster.name(), world.ticker());
        breaker = new Breaker(cluster.breakers());
        budget = new RateBudget(world.ticker().nanoTime());
        detector = new OutlierDetector(upstream, world);
        describedBy(cluster);
    }

    /** The control plane says something else about the cluster; what runs is not disturbed. */
    void describedBy(Cluster cluster) {
        breaker.limits(cluster.breakers());
        detector.settings(cluster.outlier());
    }

    /** The cluster is gone. Calls that still use it end as they would have. */
    void close() {
        detector.close();
        upstream.close();
    }
}
