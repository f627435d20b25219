package dev.weft.http.transport;

import java.util.concurrent.ConcurrentHashMap;

/** All pools of a transport; a pool appears with its first transfer and goes with its last connection. */
final class Pools {
    private final ConcurrentHashMap<PoolKey, HostPool> byKey = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, ClusterLoad> loads = new ConcurrentHashMap<>();
    private final Connector connector;

    Pools(Connector connector) {
        this.connector = connector;
    }

    void send(Transfer transfer) {
        PoolKey key = PoolKey.of(transfer);
        HostPool pool;
        do {
            pool = byKey.get(key);
            if (pool == null) {
                pool = byKey.computeIfAbsent(
                        key, k -> new HostPool(k, transfer.host, transfer.cluster, load(k.cluster()), connector, this));
            }
        } while (!pool.send(transfer));
    }

    /** For one more pool of the cluster. */
    private ClusterLoad load(String cluster) {
        return loads.compute(cluster, (name, known) -> {
            ClusterLoad load = known == null ? new ClusterLoad() : known;
            load.pools++;
            return load;
        });
    }

    /** Under that pool's lock. */
    void retired(HostPool pool) {
        if (byKey.remove(pool.key(), pool)) {
            loads.computeIfPresent(pool.key().cluster(), (name, load) -> --load.pools == 0 ? null : load);
        }
    }

    int connections() {
        return loads.values().stream().mapToInt(ClusterLoad::connections).sum();
    }

    int waiting() {
        return loads.values().stream().mapToInt(ClusterLoad::waiting).sum();
    }
}
