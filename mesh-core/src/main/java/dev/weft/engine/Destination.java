package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.loadbalance.Selection;
import dev.weft.request.ResponseHead;
import dev.weft.telemetry.MeshObserver.DestinationObserver;
import dev.weft.upstream.Host;
import org.jspecify.annotations.Nullable;

/** Where calls go and what is counted about it; made when configuration changes. All methods from any thread. */
sealed interface Destination permits ServedCluster, UnwatchedHost {

    Cluster cluster();

    DestinationObserver observer();

    /** A call (not a retry) began at this time; the retry budget grows with it. */
    void requestStarted(long now);

    /** Takes a place for an attempt. False: the limit is reached. */
    boolean tryStartRequest();

    void requestEnded();

    /** Takes a place for a retry, from the decision to its outcome. False: the limit is reached. */
    boolean tryStartRetry(long now);

    void retryEnded();

    /** A host for the next attempt, or null: none may be used. */
    @Nullable
    Host pick(Selection selection);

    /**
     * A response head came.
     *
     * @param grpc the request was gRPC
     * @return true when its gRPC status, which counts, comes with the end
     */
    boolean answered(Host host, ResponseHead response, boolean grpc);

    /** The end of a response whose gRPC status was due. */
    void answered(Host host, Attempt.Closed end);

    /** An attempt ended without a response, or with a part of it. */
    void lost(Host host, Attempt.Failure failure);

    /** Another object after every change of hosts or of their health. */
    Object hosts();

    /** Whether a hash key steers the choice of a host. */
    boolean hashes();

    /** How many hosts are healthy and what ails the others, for reasons. */
    String health();

    /** What bounds retries towards it, for reasons. */
    String retryLimit();
}
