package dev.weft.http.transport;

import dev.weft.tls.ClientCertificates;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All pools of a transport. A pool appears with its first transfer and goes with its last connection. One whose certificates or
 * settings have been followed by others is taken out at once: it gets no new transfers, and lives only until those that it has
 * are over.
 */
final class Pools {
    private final ConcurrentHashMap<PoolKey, HostPool> byKey = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<PoolKey.Place, PoolKey> newest = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, ClusterLoad> loads = new ConcurrentHashMap<>();
    // Also those that take no new transfers.
    private final Set<HostPool> living = ConcurrentHashMap.newKeySet();

    private final Connector connector;
    private final ClientCertificates tls;

    Pools(Connector connector, ClientCertificates tls) {
        this.connector = connector;
        this.tls = tls;
        tls.onChange(this::drainOutdated);
    }

    void send(Transfer transfer) {
        HostPool pool;
        do {
            PoolKey key = PoolKey.of(transfer, tls);
            pool = byKey.get(key);
            if (pool == null) {
                pool = open(key, transfer);
            }
        } while (!pool.send(transfer));
    }

    private HostPool open(PoolKey key, Transfer transfer) {
        HostPool pool = byKey.computeIfAbsent(key, k -> begin(k, transfer));
        PoolKey before = newest.put(key.place(), key);
        if (before != null && !before.equals(key)) {
            drain(before);
        }
        // A change between the look at the number and the entry into the map has gone past this pool.
        if (outdated(key)) {
            drain(key);
        }
        return pool;
    }

    private HostPool begin(PoolKey key, Transfer transfer) {
        HostPool pool = new HostPool(key, transfer.host, transfer.cluster, load(key.cluster()), connector, this);
        living.add(pool);
        return pool;
    }

    /** The event loops have ended. */
    void end() {
        living.forEach(HostPool::end);
    }

    private boolean outdated(PoolKey key) {
        return key.tlsEpoch() != tls.epoch(key.tls());
    }

    private void drainOutdated() {
        for (PoolKey key : byKey.keySet()) {
            if (outdated(key)) {
                drain(key);
            }
        }
    }

    private void drain(PoolKey key) {
        HostPool pool = byKey.remove(key);
        if (pool != null) {
            pool.drain();
        }
    }

    /** For one more pool of the cluster. */
    private ClusterLoad load(String cluster) {
        return loads.compute(cluster, (name, known) -> {
            ClusterLoad load = known == null ? new ClusterLoad() : known;
            load.pools++;
            return load;
        });
    }

    /** Under that pool's lock, once. */
    void retired(HostPool pool) {
        living.remove(pool);
        byKey.remove(pool.key(), pool);
        newest.remove(pool.key().place(), pool.key());
        loads.computeIfPresent(pool.key().cluster(), (name, load) -> --load.pools == 0 ? null : load);
    }

    /** Pools that take new transfers. */
    int size() {
        return byKey.size();
    }

    int connections() {
        return loads.values().stream().mapToInt(ClusterLoad::connections).sum();
    }

    int waiting() {
        return loads.values().stream().mapToInt(ClusterLoad::waiting).sum();
    }
}
