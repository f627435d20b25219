package dev.weft.http.transport;

import dev.weft.config.Cluster;
import dev.weft.engine.Attempt.Failure;
import dev.weft.http.tls.ClientContext;
import dev.weft.upstream.Host;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one host and the transfers that wait for one. A transfer that finds a free connection takes it without
 * a lock; the lock is for those that have to wait.
 */
final class HostPool implements Transfer.Carrier {
    private final PoolKey key;
    private final ClusterLoad load;
    private final Connector connector;
    private final Pools pools;
    private final FreeConnections free = new FreeConnections();
    private final WaitingTransfers waiting;
    private final ConnectionCount connections;

    // Written by senders when the configuration has changed; read under the lock.
    private volatile Cluster cluster;

    // Written by senders when the address has left the cluster and come back; read by connections.
    private volatile Host host;

    // Written once under the lock: no new transfers come, and connections end with those that they have.
    private volatile boolean draining;

    // Made with the first connection, on a thread that may block; written and read by such threads.
    private volatile @Nullable ClientContext context;

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private boolean retired;

    HostPool(PoolKey key, Host host, Cluster cluster, ClusterLoad load, Connector connector, Pools pools) {
        this.key = key;
        this.host = host;
        this.cluster = cluster;
        this.load = load;
        this.connector = connector;
        this.pools = pools;
        waiting = new WaitingTransfers(load);
        connections = new ConnectionCount(load, key.wire() != PoolKey.Wire.HTTP1);
    }

    PoolKey key() {
        return key;
    }

    /** Limits and timeouts as they are now. */
    Cluster cluster() {
        return cluster;
    }

    /** No new transfers will come: its host has left the configuration, or other certificates are in force. */
    boolean deserted() {
        return draining || host.gone();
    }

    /** Whether a connection that is free has anything to wait for. */
    boolean wanted() {
        return !deserted() || waiting.count() > 0;
    }

    @Nullable
    ClientContext context() {
        return context;
    }

    void context(ClientContext made) {
        context = made;
    }

    /** @return false: this pool is empty and given up, or draining; another one is needed */
    boolean send(Transfer transfer) {
        if (draining) {
            return false;
        }
        if (transfer.cluster != cluster) {
            cluster = transfer.cluster;
        }
        if (transfer.host != host && !transfer.host.gone()) {
            host = transfer.host;
        }
        if (waiting.count() == 0) {
            Connection ready = free.take();
            if (ready != null) {
                ready.start(transfer);
                return true;
            }
        }
        return enqueue(transfer);
    }

    private boolean enqueue(Transfer transfer) {
        boolean queued;
        // Before the queue has it: from then on another thread may give it to a connection, which then answers for it.
        transfer.carriedBy(this);
        lock.lock();
        try {
            if (retired || draining) {
                return false;
            }
            queued = waiting.tryAdd(transfer, cluster.breakers().maxPendingRequests());
            retireIfEmpty();
        } finally {
            lock.unlock();
        }
        if (!queued) {
            transfer.listener.failed(Failure.POOL_OVERFLOW, overflow());
            return true;
        }
        if (transfer.cancelled()) {
            drop(transfer);
        }
        // Also finds a connection that became free between the look at the idle ones and the entry into the queue.
        serve();
        return true;
    }

    private ConnectionFailure overflow() {
        return new ConnectionFailure(
                Failure.POOL_OVERFLOW,
                load.waiting() + " requests wait for a connection to " + key.cluster() + ", at most "
                        + cluster.breakers().maxPendingRequests() + " were expected");
    }

    /** Gives free connections to waiting transfers, and opens what is missing. */
    private void serve() {
        int missing = 0;
        while (missing == 0) {
            Transfer next;
            Connection ready;
            lock.lock();
            try {
                if (waiting.isEmpty()) {
                    return;
                }
                ready = free.take();
                if (ready == null) {
                    missing = connections.begin(
                            waiting.count(), cluster.breakers().maxConnections());
                    if (missing == 0) {
                        return;
                    }
                    continue;
                }
                next = waiting.next();
            } finally {
                lock.unlock();
            }
            ready.start(next);
        }
        for (int i = 0; i < missing; i++) {
            connector.connect(this, host.endpoint());
        }
    }

    /** A connection that was asked for is there. */
    void opened(Connection connection) {
        lock.lock();
        try {
            if (!connections.opened(connection instanceof Http2Connection)) {
                return;
            }
            if (connection instanceof Http2Connection multiplexed) {
                free.add(multiplexed);
            }
        } finally {
            lock.unlock();
        }
        if (connection instanceof Http1Connection single) {
            released(single);
        } else {
            serve();
            closeIfDraining();
        }
    }

    /** A connection that was asked for could not be made. */
    void failed(ConnectionFailure why) {
        List<Transfer> victims;
        lock.lock();
        try {
            if (!connections.failed()) {
                return;
            }
            // While others are open or on their way there is hope for the rest of the queue.
            victims = waiting.next(connections.isZero() ? Integer.MAX_VALUE : 1);
            retireIfEmpty();
        } finally {
            lock.unlock();
        }
        for (Transfer victim : victims) {
            victim.listener.failed(why.failure(), why);
        }
        serve();
    }

    /** An HTTP/1.1 connection is free. */
    void released(Http1Connection connection) {
        free.give(connection);
        served();
        closeIfDraining();
    }

    /** There may be place on a connection. */
    void served() {
        if (waiting.count() > 0) {
            serve();
        }
    }

    /** This connection takes no new transfers, though it may have some under way. */
    void draining(Http2Connection connection) {
        lock.lock();
        try {
            free.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    /** An open connection is gone. */
    void closed(Connection connection) {
        if (connection instanceof Http2Connection multiplexed) {
            draining(multiplexed);
        } else if (connection instanceof Http1Connection single) {
            free.remove(single);
        }
        lock.lock();
        try {
            if (!connections.closed()) {
                return;
            }
            retireIfEmpty();
        } finally {
            lock.unlock();
        }
        served();
    }

    /** Takes no new transfers any more; serves those that it has. */
    void drain() {
        lock.lock();
        try {
            draining = true;
            retireIfEmpty();
        } finally {
            lock.unlock();
        }
        closeIfDraining();
    }

    private void closeIfDraining() {
        if (draining && waiting.count() == 0) {
            free.retire();
        }
    }

    /**
     * The event loops have ended. What was on its way then may never hear its end from them: a connection that was about to be
     * opened, and who waited for it.
     */
    void end() {
        List<Transfer> victims;
        lock.lock();
        try {
            connections.end();
            victims = waiting.next(Integer.MAX_VALUE);
            retireIfEmpty();
        } finally {
            lock.unlock();
        }
        for (Transfer victim : victims) {
            victim.listener.failed(Failure.CONNECT, new ConnectionFailure(Failure.CONNECT, "the mesh is closed"));
        }
    }

    private void retireIfEmpty() {
        if (!retired && connections.isZero() && waiting.isEmpty()) {
            retired = true;
            pools.retired(this);
        }
    }

    /** Begins anew with a transfer of which nothing has left: the connection it was given had gone before. */
    void again(Transfer transfer) {
        pools.send(transfer);
    }

    @Override
    public void drop(Transfer transfer) {
        lock.lock();
        try {
            waiting.remove(transfer);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void resume(Transfer transfer) {}
}
