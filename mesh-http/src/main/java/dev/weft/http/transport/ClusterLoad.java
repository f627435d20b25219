package dev.weft.http.transport;

import java.util.concurrent.atomic.AtomicInteger;

/** How many connections and waiting requests this process has towards one cluster, over all its hosts. From any thread. */
final class ClusterLoad {
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    // How many pools count here; guarded by the map that it lies in, which forgets it with the last of them.
    int pools;

    /** Takes a place for a connection. */
    boolean tryOpen(long limit) {
        return tryTake(connections, limit);
    }

    /** Takes a place beyond the limit: a host without any connection could otherwise never be reached. */
    void open() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    /** Takes a place for a request that has to wait for a connection. */
    boolean tryWait(long limit) {
        return tryTake(waiting, limit);
    }

    void waited() {
        waiting.decrementAndGet();
    }

    int connections() {
        return connections.get();
    }

    int waiting() {
        return waiting.get();
    }

    private static boolean tryTake(AtomicInteger count, long limit) {
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }
}
