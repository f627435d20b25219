package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.loadbalance.Selection;
import dev.weft.request.ResponseHead;
import dev.weft.telemetry.MeshObserver.DestinationObserver;
import dev.weft.upstream.Host;

/** A cluster without hosts of its own: limits, counts and encryption are the cluster's, the host is where the caller's URL points. */
record CallersHost(Destination served, Host host) implements Destination {

    @Override
    public Cluster cluster() {
        return served.cluster();
    }

    @Override
    public DestinationObserver observer() {
        return served.observer();
    }

    @Override
    public void requestStarted(long now) {
        served.requestStarted(now);
    }

    @Override
    public boolean tryStartRequest() {
        return served.tryStartRequest();
    }

    @Override
    public void requestEnded() {
        served.requestEnded();
    }

    @Override
    public boolean tryStartRetry(long now) {
        return served.tryStartRetry(now);
    }

    @Override
    public void retryEnded() {
        served.retryEnded();
    }

    @Override
    public Host pick(Selection selection) {
        return host;
    }

    @Override
    public Object hosts() {
        return host;
    }

    /** The host is no member of a cluster: there is nowhere to eject it from. */
    @Override
    public boolean answered(Host answering, ResponseHead response, boolean grpc) {
        return false;
    }

    @Override
    public void answered(Host answering, Attempt.Closed end) {}

    @Override
    public void lost(Host lost, Attempt.Failure failure) {}

    @Override
    public boolean hashes() {
        return false;
    }

    @Override
    public String health() {
        return "not watched: the caller's own address";
    }

    @Override
    public String retryLimit() {
        return served.retryLimit();
    }
}
