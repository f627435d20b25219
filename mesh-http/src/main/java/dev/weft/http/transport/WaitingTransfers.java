package dev.weft.http.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The transfers that wait for a connection to one host, first come first served. Guarded by the pool's lock, but for {@link #count}. */
final class WaitingTransfers {
    private final ClusterLoad load;
    private final ArrayDeque<Transfer> queue = new ArrayDeque<>();

    // Written under the lock, read by everybody.
    private volatile int count;

    WaitingTransfers(ClusterLoad load) {
        this.load = load;
    }

    /** From any thread. */
    int count() {
        return count;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** @param limit of the cluster, for all its hosts */
    boolean tryAdd(Transfer transfer, long limit) {
        if (!load.tryWait(limit)) {
            return false;
        }
        queue.add(transfer);
        count = queue.size();
        return true;
    }

    /** Who is next; there must be somebody. */
    Transfer next() {
        Transfer next = queue.remove();
        left();
        return next;
    }

    /** The next ones, as far as there are so many. */
    List<Transfer> next(int most) {
        List<Transfer> taken = new ArrayList<>(Math.min(most, queue.size()));
        while (taken.size() < most && !queue.isEmpty()) {
            taken.add(next());
        }
        return taken;
    }

    void remove(Transfer transfer) {
        if (queue.remove(transfer)) {
            left();
        }
    }

    private void left() {
        count = queue.size();
        load.waited();
    }
}
