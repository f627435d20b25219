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
                        key,
                        k -> new HostPool(
                                k, transfer.host.endpoint(), transfer.cluster, load(k.cluster()), connector, this));
            }
        } while (!pool.send(transfer));
    }

    private ClusterLoad load(String cluster) {
        return loads.computeIfAbsent(cluster, name -> new ClusterLoad());
    }

    /** Under that pool's lock. */
    void retired(HostPool pool) {
        byKey.remove(pool.key(), pool);
    }

    int connections() {
        return loads.values().stream().mapToInt(ClusterLoad::connections).sum();
    }

    int waiting() {
        return loads.values().stream().mapToInt(ClusterLoad::waiting).sum();
    }
}
