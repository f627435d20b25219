package dev.weft.control.ads;

import dev.weft.control.access.Refusals;
import dev.weft.control.registry.Registry;
import dev.weft.runtime.World;
import io.grpc.BindableService;
import io.grpc.Status;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The push server: gives clients what a {@link ResourceSource} has for them, tells them of changes, and hands their
 * registrations to the registry. Thread-safe.
 *
 * <p>Usage: add {@link #discovery()}, {@link #loadReports()} and {@link #status()} to a gRPC server; close this before that server is shut down, so that clients are told to
 * come back.
 */
public final class AdsServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdsServer.class);

    private final AdsContext context;
    private final ExecutorService executor;
    private final Runnable unsubscribe;

    /**
     * A server that pushes on a thread of its own.
     *
     * @param source where resources come from
     * @param registry where instances are announced
     * @param world clock and timer
     * @param options debounce and bounds
     * @param refusals takes the clients who spoke for another than themselves; null where nobody proves anything
     */
    public AdsServer(
            ResourceSource source, Registry registry, World world, AdsOptions options, @Nullable Refusals refusals) {
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "weft-push");
            thread.setDaemon(true);
            return thread;
        });
        // What is handed over at the very end, a farewell or a round, finds nobody to hear it.
        this.context = new AdsContext(source, registry, world, options, refusals, task -> {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                log.debug("not run, the server is closed: {}", task);
            }
        });
        this.unsubscribe = source.onChange(context.rounds::changed);
    }

    /**
     * Aggregated discovery, delta and state of the world. Where a {@link dev.weft.control.access.CallerGate} stands before it, a
     * client speaks for the identity that it proved and for no other.
     */
    public BindableService discovery() {
        return new AdsService(context);
    }

    /** Client status discovery: everything about everybody, so not for everybody. */
    public BindableService status() {
        return new StatusService(context);
    }

    /** Load reports, which are taken and not kept: stock gRPC limits calls only where it can send them. */
    public BindableService loadReports() {
        return new LoadReports();
    }

    /** How many clients are connected. */
    public int clients() {
        return context.streams().size();
    }

    /** Ends all streams with UNAVAILABLE; instances keep their places in the registry for the grace period. */
    @Override
    public void close() {
        unsubscribe.run();
        Status bye = Status.UNAVAILABLE.withDescription("the control plane is shutting down");
        context.streams().forEach(stream -> stream.close(bye));
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
