package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.telemetry.MeshObserver.DestinationObserver;
import dev.weft.upstream.Host;

/** A cluster without hosts of its own: limits, counts and encryption are the cluster's, the host is where the caller's URL points. */
record CallersHost(Destination served, Host host) implements UnwatchedHost {

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
    public String health() {
        return "not watched: the caller's own address";
    }

    @Override
    public String retryLimit() {
        return served.retryLimit();
    }
}
