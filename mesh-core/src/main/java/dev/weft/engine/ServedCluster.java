package dev.weft.engine;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Cluster;
import dev.weft.loadbalance.LoadBalancer;
import dev.weft.loadbalance.Selection;
import dev.weft.request.ResponseHead;
import dev.weft.runtime.Timer;
import dev.weft.telemetry.MeshObserver.DestinationObserver;
import dev.weft.upstream.Host;
import dev.weft.upstream.HostSets;
import org.jspecify.annotations.Nullable;

/** A cluster as one record describes it, over the live state that outlives the record. */
final class ServedCluster implements Destination {
    final LiveCluster live;
    private final Cluster cluster;
    private final DestinationObserver observer;
    private final Runnable changed;

    /** Nobody said anything about retries: the rate budget holds. Fixed here, so that what is taken is given back alike. */
    private final boolean rateBudget;

    // Written under the upstream's lock when hosts come, go or change their health; read with every pick.
    private volatile LoadBalancer balancer;

    // Guarded by the upstream's lock.
    private Timer.@Nullable Handle settling;

    /** @param changed told of every change of hosts or of their health, under the upstream's lock */
    ServedCluster(Cluster cluster, DestinationObserver observer, LiveCluster live, Runnable changed) {
        this.cluster = cluster;
        this.changed = changed;
        this.observer = observer;
        this.live = live;
        CircuitBreakers limits = cluster.breakers();
        rateBudget = limits.retryBudget() == null && limits.maxRetries() == CircuitBreakers.UNLIMITED;
        balancer = LoadBalancer.of(cluster, HostSets.NONE, live.world);
    }

    /** From now on the hosts that the cluster has are balanced here. */
    void begin() {
        live.upstream.follow(this::balance);
    }

    private void balance(HostSets hosts) {
        LoadBalancer next = LoadBalancer.of(cluster, hosts, live.world);
        balancer = next;
        if (settling != null) {
            settling.cancel();
            settling = null;
        }
        if (next.settlesAt() != Nanos.NEVER) {
            long left = next.settlesAt() - live.world.ticker().nanoTime();
            settling = live.world.timer().schedule(left, live.upstream::refresh);
        }
        changed.run();
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @Override
    public DestinationObserver observer() {
        return observer;
    }

    @Override
    public void requestStarted(long now) {
        if (rateBudget) {
            live.budget.requestStarted(now);
        }
    }

    @Override
    public boolean tryStartRequest() {
        return live.breaker.tryStartRequest();
    }

    @Override
    public void requestEnded() {
        live.breaker.requestEnded();
    }

    @Override
    public boolean tryStartRetry(long now) {
        return rateBudget ? live.budget.tryRetry(now) : live.breaker.tryStartRetry();
    }

    @Override
    public void retryEnded() {
        if (!rateBudget) {
            live.breaker.retryEnded();
        }
    }

    @Override
    public @Nullable Host pick(Selection selection) {
        return balancer.pick(selection);
    }

    @Override
    public Object hosts() {
        return balancer;
    }

    @Override
    public boolean answered(Host host, ResponseHead response, boolean grpc) {
        return cluster.outlier() != null && Accusations.answered(live.detector, host, response, grpc);
    }

    @Override
    public void answered(Host host, Attempt.Closed end) {
        Accusations.ended(live.detector, host, end);
    }

    @Override
    public void lost(Host host, Attempt.Failure failure) {
        if (cluster.outlier() != null) {
            Accusations.lost(live.detector, host, failure);
        }
    }

    @Override
    public boolean hashes() {
        return LoadBalancer.hashes(cluster.policy());
    }

    @Override
    public String health() {
        String loads = balancer.describe();
        String hosts = live.upstream.hosts().describe(live.world.ticker().nanoTime());
        return loads.isEmpty() ? hosts : hosts + "; " + loads;
    }

    @Override
    public String retryLimit() {
        if (rateBudget) {
            return "paid from the default budget of 20 % of requests and 10 per second";
        }
        CircuitBreakers.RetryBudget budget = cluster.breakers().retryBudget();
        return budget == null
                ? "at most " + cluster.breakers().maxRetries() + " at once towards the cluster"
                : "at most " + budget.percent() + " % of active requests at once, " + budget.minimumConcurrency()
                        + " always";
    }
}
