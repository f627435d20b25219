package dev.weft;

import dev.weft.config.ConfigProblem;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StockResources;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The other side: who sends configuration and is told about us. */
interface ControlPlane extends SnapshotSource, AutoCloseable {

    /** Begins, after {@link #subscribe}; returns at once. */
    default void start() {}

    Status status();

    /** Hears that {@link #status} has changed; on any thread. */
    default void onStatus(Runnable listener) {}

    /** What it serves to stock gRPC libraries. */
    default StockResources stock() {
        return StockResources.NONE;
    }

    /** Whether others find us through it. */
    default boolean registers() {
        return false;
    }

    /** We take requests, or will: tells us whose, before the first port is bound. */
    default void serve() {}

    /** What we serve from now on. */
    default void announce(List<BoundPort> ports) {}

    /** How we are from now on; null: up. */
    default void health(@Nullable String down) {}

    /** Leaves the registry; completes when clients have been told, or cannot be. */
    default CompletionStage<Void> goodbye() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    default void close() {}

    /**
     * How it stands with the control plane.
     *
     * @param connected the stream is open
     * @param server in use or tried last, or empty
     * @param trouble why there is no stream, for people; empty if there is one
     * @param acceptedMillis epoch milliseconds of the last confirmation, 0 if there never was one
     * @param rejected what was refused and still stands
     */
    record Status(
            boolean connected, String server, String trouble, long acceptedMillis, List<ConfigProblem> rejected) {}
}
