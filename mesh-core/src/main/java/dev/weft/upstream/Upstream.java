package dev.weft.upstream;

import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.ClusterLoadAssignment.LocalityEndpoints;
import dev.weft.config.Endpoint;
import dev.weft.runtime.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live hosts of one cluster. It outlives configurations: a {@link Host} is the same object as long as its address stays, so
 * that neither its active requests nor its ejection are forgotten when the control plane speaks. A host that was removed and
 * comes back is a new one.
 *
 * <p>Readers take {@link #hosts} without a lock. Writers (the control thread, and the timer's thread for ejections) exclude each
 * other by this object's lock, which no request ever takes.
 */
public final class Upstream {
    private final String cluster;
    private final Ticker ticker;

    // Both are guarded by this.
    private Map<String, Host> byAddress = Map.of();
    private Consumer<HostSets> listener = hosts -> {};

    // Written under the lock, read by everybody.
    private volatile HostSets hosts = HostSets.NONE;
    private volatile @Nullable ClusterLoadAssignment assignment;

    public Upstream(String cluster, Ticker ticker) {
        this.cluster = cluster;
        this.ticker = ticker;
    }

    public String cluster() {
        return cluster;
    }

    /** As of the last change. */
    public HostSets hosts() {
        return hosts;
    }

    /** Each host as it is now. */
    public List<HostView> view() {
        List<HostView> views = new ArrayList<>();
        List<HostSet> priorities = hosts.priorities();
        for (int priority = 0; priority < priorities.size(); priority++) {
            for (LocalityHosts locality : priorities.get(priority).localities()) {
                for (Host host : locality.all()) {
                    views.add(HostView.of(host, priority, locality.locality(), ticker.nanoTime()));
                }
            }
        }
        return views;
    }

    /** Tells the current hosts at once and then every change, with this object's lock held. One listener; replaces the last. */
    public synchronized void follow(Consumer<HostSets> newListener) {
        listener = newListener;
        newListener.accept(hosts);
    }

    /**
     * Takes what the control plane says.
     *
     * @param said null keeps the hosts that are there: a cluster whose endpoints have not come yet goes on with its old ones
     */
    public synchronized void update(@Nullable ClusterLoadAssignment said) {
        if (said == null || said == assignment) {
            return;
        }
        assignment = said;
        Map<String, Host> next = new HashMap<>();
        for (LocalityEndpoints locality : said.localities()) {
            for (Endpoint endpoint : locality.endpoints()) {
                next.computeIfAbsent(endpoint.hostAndPort(), address -> seen(address, endpoint));
            }
        }
        byAddress.forEach((address, host) -> {
            if (next.get(address) != host) {
                host.leave();
            }
        });
        byAddress = next;
        rebuild(said);
    }

    /** The cluster is gone: so are its hosts, for all who do not hold them already. */
    public synchronized void close() {
        byAddress.values().forEach(Host::leave);
    }

    private Host seen(String address, Endpoint endpoint) {
        Host known = byAddress.get(address);
        if (known == null) {
            return new Host(cluster, endpoint, ticker.nanoTime());
        }
        if (known.endpoint() != endpoint) {
            known.update(endpoint);
        }
        return known;
    }

    /**
     * Takes a host out of rotation, unless it is out already, is gone, or too many would be.
     *
     * @param maxPercent of all hosts of the cluster, whatever their priority and health
     * @param alwaysOne the first ejection is allowed whatever {@code maxPercent} says
     * @return false if nothing was done
     */
    public synchronized boolean eject(Host host, Ejection ejection, int maxPercent, boolean alwaysOne) {
        ClusterLoadAssignment said = assignment;
        if (said == null || host.ejection() != null || byAddress.get(host.address()) != host) {
            return false;
        }
        int ejected = ejected();
        if (!(alwaysOne && ejected == 0) && 100.0 * (ejected + 1) / byAddress.size() > maxPercent) {
            return false;
        }
        host.ejection(ejection);
        rebuild(said);
        return true;
    }

    /** Takes hosts back into rotation; those that are not ejected, or gone, do not matter. */
    public synchronized void readmit(List<Host> back) {
        boolean changed = false;
        for (Host host : back) {
            changed |= host.ejection() != null;
            host.ejection(null);
        }
        ClusterLoadAssignment said = assignment;
        if (changed && said != null) {
            rebuild(said);
        }
    }

    /** Tells the hosts once more, to a listener for whom time has changed what they mean. */
    public synchronized void refresh() {
        listener.accept(hosts);
    }

    /** How many hosts are out of rotation. */
    public synchronized int ejected() {
        int ejected = 0;
        for (Host host : byAddress.values()) {
            if (host.ejection() != null) {
                ejected++;
            }
        }
        return ejected;
    }

    private void rebuild(ClusterLoadAssignment said) {
        List<List<LocalityHosts>> priorities = new ArrayList<>();
        priorities.add(new ArrayList<>());
        // An address that is named twice counts once, where it was named first.
        Map<String, Host> left = new HashMap<>(byAddress);
        for (LocalityEndpoints locality : said.localities()) {
            while (priorities.size() <= locality.priority()) {
                priorities.add(new ArrayList<>());
            }
            priorities.get(locality.priority()).add(sorted(locality, left));
        }
        hosts = new HostSets(priorities.stream().map(HostSet::of).toList(), said.overprovisioningPercent());
        listener.accept(hosts);
    }

    private static LocalityHosts sorted(LocalityEndpoints locality, Map<String, Host> left) {
        List<Host> all = new ArrayList<>(locality.endpoints().size());
        List<Host> healthy = new ArrayList<>(locality.endpoints().size());
        List<Host> degraded = new ArrayList<>(0);
        for (Endpoint endpoint : locality.endpoints()) {
            Host host = left.remove(endpoint.hostAndPort());
            if (host == null) {
                continue;
            }
            all.add(host);
            if (host.ejection() == null) {
                switch (endpoint.health()) {
                    case HEALTHY -> healthy.add(host);
                    case DEGRADED -> degraded.add(host);
                    case UNHEALTHY, DRAINING -> {}
                }
            }
        }
        return new LocalityHosts(locality.locality(), locality.weight(), all, healthy, degraded);
    }
}
