package dev.weft.upstream;

import dev.weft.config.Endpoint;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** One live address of one cluster. Its counters survive configuration changes. All methods may be called from any thread. */
public final class Host {
    private static final AtomicIntegerFieldUpdater<Host> ACTIVE =
            AtomicIntegerFieldUpdater.newUpdater(Host.class, "active");

    private final String cluster;
    private final String address;

    // Written by the control thread when an assignment changes weight, health or metadata; read by pickers.
    private volatile Endpoint endpoint;

    // Written by every attempt through ACTIVE; read by least request.
    private volatile int active;

    public Host(String cluster, Endpoint endpoint) {
        this.cluster = cluster;
        this.endpoint = endpoint;
        this.address = endpoint.hostAndPort();
    }

    public String cluster() {
        return cluster;
    }

    /** {@code 10.0.0.1:80}. */
    public String address() {
        return address;
    }

    public Endpoint endpoint() {
        return endpoint;
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

    void update(Endpoint newer) {
        endpoint = newer;
    }

    @Override
    public String toString() {
        return address;
    }
}
