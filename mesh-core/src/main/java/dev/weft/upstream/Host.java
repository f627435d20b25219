package dev.weft.upstream;

import dev.weft.config.Endpoint;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One live address of one cluster. Its counters survive configuration changes. All methods may be called from any thread. */
public final class Host {
    private static final AtomicIntegerFieldUpdater<Host> ACTIVE =
            AtomicIntegerFieldUpdater.newUpdater(Host.class, "active");

    private final String cluster;
    private final String address;
    private final long firstSeenNanos;
    private final ErrorStreaks streaks = new ErrorStreaks();

    // Written by the control thread when an assignment changes weight, health or metadata; read by pickers.
    private volatile Endpoint endpoint;

    // Written under the upstream's lock; read when host sets are built and for reasons.
    private volatile @Nullable Ejection ejection;

    // Written once by whoever takes it out of use; read by transports.
    private volatile boolean gone;

    // Written by every attempt through ACTIVE; read by least request.
    private volatile int active;

    /** A host outside of any {@link Upstream}: it has always been there. */
    public Host(String cluster, Endpoint endpoint) {
        this(cluster, endpoint, 0);
    }

    Host(String cluster, Endpoint endpoint, long firstSeenNanos) {
        this.cluster = cluster;
        this.endpoint = endpoint;
        this.address = endpoint.hostAndPort();
        this.firstSeenNanos = firstSeenNanos;
    }

    public String cluster() {
        return cluster;
    }

    /** {@code 10.0.0.1:80}. */
    public String address() {
        return address;
    }

    /** What the control plane last said about it. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** When the cluster first named this address, on the ticker's clock; slow start counts from here. */
    public long firstSeenNanos() {
        return firstSeenNanos;
    }

    /** Attempts in flight. */
    public int active() {
        return active;
    }

    public void attemptStarted() {
        ACTIVE.incrementAndGet(this);
    }

    public void attemptEnded() {
        ACTIVE.decrementAndGet(this);
    }

    /** Errors in a row, which outlier detection judges. */
    public ErrorStreaks streaks() {
        return streaks;
    }

    /** Why and until when it is out of rotation, or null: it is not ejected. */
    public @Nullable Ejection ejection() {
        return ejection;
    }

    /**
     * Whether no new call will be sent here: the cluster names this address no more, or is gone itself. A connection to it is worth
     * nothing once its last request is over.
     */
    public boolean gone() {
        return gone;
    }

    /** Nobody will choose it any more. It stays so: an address that comes back is a new host. */
    public void leave() {
        gone = true;
    }

    void ejection(@Nullable Ejection current) {
        ejection = current;
    }

    void update(Endpoint newer) {
        endpoint = newer;
    }

    @Override
    public String toString() {
        return address;
    }
}
