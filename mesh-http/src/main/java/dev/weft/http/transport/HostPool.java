package dev.weft.http.transport;

import dev.weft.config.Cluster;
import dev.weft.engine.Attempt.Failure;
import dev.weft.http.tls.ClientContext;
import dev.weft.upstream.Host;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one host and the transfers that wait for one. A transfer that finds a free connection takes it without
 * a lock; the lock is for those that have to wait. Limits are Envoy's: connections and waiting requests are counted per
 * cluster; a host that has no connection at all may always open one.
 */
final class HostPool implements Transfer.Carrier {
    // How many transfers a new HTTP/2 connection is expected to take before its SETTINGS say: RFC 9113 recommends no
    // less.
    private static final int EXPECTED_STREAMS = 100;
    private static final Http2Connection[] NONE = {};

    private final PoolKey key;
    private final ClusterLoad load;
    private final Connector connector;
    private final Pools pools;

    // HTTP/1.1 connections without a request, the warmest first.
    private final ConcurrentLinkedDeque<Http1Connection> idle = new ConcurrentLinkedDeque<>();

    // Both written under the lock, read by everybody. The array is replaced, never changed.
    private volatile Http2Connection[] shared = NONE;
    private volatile int waiting;

    // Written by senders when the configuration has changed; read under the lock.
    private volatile Cluster cluster;

    // Written by senders when the address has left the cluster and come back; read by connections.
    private volatile Host host;

    // Written once under the lock: no new transfers come, and connections end with those that they have.
    private volatile boolean draining;

    // Made with the first connection, on a thread that may block; written and read by such threads.
    private volatile @Nullable ClientContext context;

    // From here on guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Transfer> queue = new ArrayDeque<>();
    private int connecting;
    private int open;
    private boolean http2;
    private boolean retired;
    private boolean ended;

    HostPool(PoolKey key, Host host, Cluster cluster, ClusterLoad load, Connector connector, Pools pools) {
        this.key = key;
        this.host = host;
        this.cluster = cluster;
        this.load = load;
        this.connector = connector;
        this.pools = pools;
        http2 = key.wire() != PoolKey.Wire.HTTP1;
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
        return !deserted() || waiting > 0;
    }

    @Nullable
    ClientContext context() {
        return context;
    }

    void context(ClientContext made) {
        context = made;
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
        closeSpare();
    }

    private void closeSpare() {
        if (waiting > 0) {
            return;
        }
        for (Http1Connection spare = idle.pollFirst(); spare != null; spare = idle.pollFirst()) {
            spare.retire();
        }
        for (Http2Connection connection : shared) {
            connection.retire();
        }
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
        if (waiting == 0) {
            Connection ready = ready();
            if (ready != null) {
                ready.start(transfer);
                return true;
            }
        }
        return enqueue(transfer);
    }

    private @Nullable Connection ready() {
        for (Http2Connection connection : shared) {
            if (connection.tryReserve()) {
                return connection;
            }
        }
        while (true) {
            Http1Connection connection = idle.pollFirst();
            if (connection == null || connection.tryTake()) {
                return connection;
            }
        }
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
            queued = load.tryWait(cluster.breakers().maxPendingRequests());
            if (queued) {
                queue.add(transfer);
                waiting = queue.size();
            } else {
                retireIfEmpty();
            }
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
                if (queue.isEmpty()) {
                    return;
                }
                ready = ready();
                if (ready == null) {
                    missing = missing();
                    connecting += missing;
                    if (missing == 0) {
                        return;
                    }
                    continue;
                }
                next = queue.remove();
                waiting = queue.size();
            } finally {
                lock.unlock();
            }
            load.waited();
            ready.start(next);
        }
        for (int i = 0; i < missing; i++) {
            connector.connect(this, host.endpoint());
        }
    }

    private int missing() {
        int places = http2 ? EXPECTED_STREAMS : 1;
        int wanted = (queue.size() + places - 1) / places - connecting;
        int taken = 0;
        while (taken < wanted) {
            if (!load.tryOpen(cluster.breakers().maxConnections())) {
                if (open + connecting + taken > 0) {
                    break;
                }
                load.open();
            }
            taken++;
        }
        return taken;
    }

    /** A connection that was asked for is there. */
    void opened(Connection connection) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            connecting--;
            open++;
            if (connection instanceof Http2Connection multiplexed) {
                http2 = true;
                Http2Connection[] more = new Http2Connection[shared.length + 1];
                System.arraycopy(shared, 0, more, 0, shared.length);
                more[shared.length] = multiplexed;
                shared = more;
            } else {
                http2 = false;
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

    private void closeIfDraining() {
        if (draining) {
            closeSpare();
        }
    }

    /** A connection that was asked for could not be made. */
    void failed(ConnectionFailure why) {
        List<Transfer> victims = new ArrayList<>();
        lock.lock();
        try {
            if (ended) {
                return;
            }
            connecting--;
            // While others are open or on their way there is hope for the rest of the queue.
            int count = open + connecting > 0 ? Math.min(1, queue.size()) : queue.size();
            for (int i = 0; i < count; i++) {
                victims.add(queue.remove());
            }
            waiting = queue.size();
            retireIfEmpty();
        } finally {
            lock.unlock();
        }
        load.closed();
        for (Transfer victim : victims) {
            load.waited();
            victim.listener.failed(why.failure(), why);
        }
        serve();
    }

    /** An HTTP/1.1 connection is free. */
    void released(Http1Connection connection) {
        idle.addFirst(connection);
        served();
        closeIfDraining();
    }

    /** There may be place on a connection. */
    void served() {
        if (waiting > 0) {
            serve();
        }
    }

    /** This connection takes no new transfers, though it may have some under way. */
    void draining(Http2Connection connection) {
        lock.lock();
        try {
            List<Http2Connection> rest = new ArrayList<>(List.of(shared));
            rest.remove(connection);
            shared = rest.toArray(NONE);
        } finally {
            lock.unlock();
        }
    }

    /** An open connection is gone. */
    void closed(Connection connection) {
        if (connection instanceof Http2Connection multiplexed) {
            draining(multiplexed);
        } else {
            idle.remove(connection);
        }
        lock.lock();
        try {
            if (ended) {
                return;
            }
            open--;
            retireIfEmpty();
        } finally {
            lock.unlock();
        }
        load.closed();
        served();
    }

    /**
     * The event loops have ended. What was on its way then may never hear its end from them: a connection that was about to be
     * opened, and who waited for it.
     */
    void end() {
        List<Transfer> victims;
        int lost;
        lock.lock();
        try {
            ended = true;
            lost = connecting + open;
            connecting = 0;
            open = 0;
            victims = List.copyOf(queue);
            queue.clear();
            waiting = 0;
            retireIfEmpty();
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < lost; i++) {
            load.closed();
        }
        for (Transfer victim : victims) {
            load.waited();
            victim.listener.failed(Failure.CONNECT, new ConnectionFailure(Failure.CONNECT, "the mesh is closed"));
        }
    }

    private void retireIfEmpty() {
        if (!retired && open == 0 && connecting == 0 && queue.isEmpty()) {
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
        boolean removed;
        lock.lock();
        try {
            removed = queue.remove(transfer);
            waiting = queue.size();
        } finally {
            lock.unlock();
        }
        if (removed) {
            load.waited();
        }
    }

    @Override
    public void resume(Transfer transfer) {}
}
