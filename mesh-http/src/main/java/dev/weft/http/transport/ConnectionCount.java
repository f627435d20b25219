package dev.weft.http.transport;

/**
 * How many connections one host has and will have soon. Limits are Envoy's: connections are counted per cluster; a host that has none at
 * all may always open one. Guarded by the pool's lock.
 */
final class ConnectionCount {
    // How many transfers a new HTTP/2 connection is expected to take before its SETTINGS say: RFC 9113 recommends no
    // less.
    private static final int EXPECTED_STREAMS = 100;

    private final ClusterLoad load;
    private int connecting;
    private int open;

    // As long as nobody knows: what the cluster says.
    private boolean http2;
    private boolean ended;

    ConnectionCount(ClusterLoad load, boolean http2) {
        this.load = load;
        this.http2 = http2;
    }

    boolean isZero() {
        return open == 0 && connecting == 0;
    }

    /**
     * Counts those that have to be opened.
     *
     * @param waiting transfers
     * @param limit of the cluster, for all its hosts
     * @return how many they are
     */
    int begin(int waiting, long limit) {
        int places = http2 ? EXPECTED_STREAMS : 1;
        int wanted = (waiting + places - 1) / places - connecting;
        int taken = 0;
        while (taken < wanted) {
            if (!load.tryOpen(limit)) {
                if (open + connecting + taken > 0) {
                    break;
                }
                load.open();
            }
            taken++;
        }
        connecting += taken;
        return taken;
    }

    /**
     * One that was begun is there.
     *
     * @return false: it does not matter any more
     */
    boolean opened(boolean multiplexed) {
        if (ended) {
            return false;
        }
        connecting--;
        open++;
        http2 = multiplexed;
        return true;
    }

    /**
     * One that was begun could not be made.
     *
     * @return false: it does not matter any more
     */
    boolean failed() {
        if (ended) {
            return false;
        }
        connecting--;
        load.closed();
        return true;
    }

    /**
     * One that was open is gone.
     *
     * @return false: it does not matter any more
     */
    boolean closed() {
        if (ended) {
            return false;
        }
        open--;
        load.closed();
        return true;
    }

    /** Nothing will be heard of any of them. */
    void end() {
        ended = true;
        for (int i = connecting + open; i > 0; i--) {
            load.closed();
        }
        connecting = 0;
        open = 0;
    }
}
