package dev.weft;

import dev.weft.runtime.Durations;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** The end of a service that others call, in the order that costs nobody a request. */
final class Leaving {
    /** Between two looks at the calls in flight. */
    private static final long LOOK_NANOS = 10_000_000L;

    /**
     * So long nothing may be in flight: a client that chose us just before it was told otherwise still opens its connection.
     */
    private static final long QUIET_NANOS = 100_000_000L;

    private final World world;
    private final ControlPlane controlPlane;
    private final LongSupplier inFlight;
    private final long quietNanos;

    // Written by the first who leaves; guarded by this.
    private @org.jspecify.annotations.Nullable CompletionStage<Void> goodbye;

    Leaving(World world, ControlPlane controlPlane, LongSupplier inFlight) {
        this.world = world;
        this.controlPlane = controlPlane;
        this.inFlight = inFlight;
        quietNanos = controlPlane.registers() ? QUIET_NANOS : 0;
    }

    /**
     * Returns when clients have been told and no call is in flight, or when {@code atMost} has passed.
     *
     * @param propagation upper bound of the first part
     */
    void leave(Duration atMost, Duration propagation) {
        long end = world.ticker().nanoTime() + Durations.nanos(atMost);
        waitFor(said().toCompletableFuture(), Math.min(Durations.nanos(atMost), Durations.nanos(propagation)));
        CompletableFuture<Void> quiet = new CompletableFuture<>();
        look(quiet, world.ticker().nanoTime(), end);
        waitFor(quiet, Durations.nanos(atMost));
    }

    private synchronized CompletionStage<Void> said() {
        CompletionStage<Void> known = goodbye;
        if (known == null) {
            known = controlPlane.goodbye();
            goodbye = known;
        }
        return known;
    }

    private void look(CompletableFuture<Void> quiet, long since, long end) {
        long now = world.ticker().nanoTime();
        boolean busy = inFlight.getAsLong() != 0;
        long quietSince = busy ? now : since;
        if (!busy && now - quietSince >= quietNanos || now - end >= 0) {
            quiet.complete(null);
        } else {
            world.timer().schedule(LOOK_NANOS, () -> look(quiet, quietSince, end));
        }
    }

    private static void waitFor(CompletableFuture<Void> what, long nanos) {
        try {
            what.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Whoever could not be told in time will find out by a refused connection; leaving goes on.
        } catch (InterruptedException e) {
            // Somebody is in a hurry: the rest of the drain is skipped, and he still sees that he interrupted.
            Thread.currentThread().interrupt();
        }
    }
}
