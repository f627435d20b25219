package dev.weft;

import dev.weft.config.InboundPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import dev.weft.engine.InboundEngine;
import dev.weft.engine.OutboundEngine;
import dev.weft.runtime.Durations;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the source of snapshots and the engine: knows whether there is a configuration, how old it is, and takes it
 * away when it is older than the application wants. Delivers one at a time, under its own lock.
 */
final class Feed implements SnapshotSource {
    private final SnapshotSource snapshots;
    private final ControlPlane controlPlane;
    private final World world;
    private final @Nullable Duration mostAge;
    private final boolean passThrough;
    private final Runnable configured;

    // Guarded by this; the engine is called under it.
    private @Nullable Consumer<MeshSnapshot> listener;
    private Timer.@Nullable Handle expiry;
    private @Nullable Runnable forget;
    private @Nullable Consumer<MeshSnapshot> inbound;
    private @Nullable Runnable admitted;
    private boolean closed;

    // Written under the lock, read by anybody.
    private volatile @Nullable MeshSnapshot newest;
    private volatile boolean serving;

    /**
     * @param mostAge of a configuration that no control plane confirms; zero or null: any
     * @param passThrough calls go out unmeshed until there is a configuration
     * @param configured runs when a configuration is in force; on the delivering thread
     */
    Feed(
            SnapshotSource snapshots,
            ControlPlane controlPlane,
            World world,
            @Nullable Duration mostAge,
            boolean passThrough,
            Runnable configured) {
        this.snapshots = snapshots;
        this.controlPlane = controlPlane;
        this.world = world;
        this.mostAge = mostAge == null || mostAge.isZero() ? null : mostAge;
        this.passThrough = passThrough;
        this.configured = configured;
    }

    /**
     * Lets the engines work with what comes.
     *
     * @param letsIn runs when there is a policy by which requests are let in; on the delivering thread
     */
    void into(OutboundEngine outbound, InboundEngine guard, Runnable letsIn) {
        synchronized (this) {
            forget = outbound::forget;
            inbound = guard::apply;
            admitted = letsIn;
        }
        controlPlane.onStatus(this::check);
        outbound.follow(this);
    }

    @Override
    public void subscribe(Consumer<MeshSnapshot> newListener) {
        synchronized (this) {
            listener = newListener;
            if (passThrough) {
                guard(UNMESHED);
                newListener.accept(UNMESHED);
            }
        }
        snapshots.subscribe(this::arrived);
    }

    private static final MeshSnapshot UNMESHED = new MeshSnapshot(
            "unconfigured",
            Map.of(0, List.of(VirtualHost.allowAny())),
            Map.of(),
            Map.of(),
            MeshSnapshot.Source.STATIC,
            0);

    @Override
    public void request(VirtualHost host) {
        snapshots.request(host);
    }

    private synchronized void arrived(MeshSnapshot snapshot) {
        if (closed) {
            return;
        }
        newest = snapshot;
        // However old it is: a policy that nobody confirms any more keeps out whom it kept out before.
        guard(snapshot);
        check(true);
    }

    private void guard(MeshSnapshot snapshot) {
        java.util.Objects.requireNonNull(inbound).accept(snapshot);
        InboundPolicy policy = snapshot.inbound();
        if (policy == null || policy.refusal() == null) {
            java.util.Objects.requireNonNull(admitted).run();
        }
    }

    private void check() {
        check(false);
    }

    /** Serves the newest snapshot or takes it away, whichever its age demands, and sets the alarm for the next look. */
    private synchronized void check(boolean fresh) {
        MeshSnapshot snapshot = newest;
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
        if (snapshot == null || closed) {
            return;
        }
        long left = millisLeft(snapshot);
        if (left > 0 && (fresh || !serving)) {
            java.util.Objects.requireNonNull(listener).accept(snapshot);
            serving = true;
            configured.run();
        } else if (left <= 0 && serving) {
            serving = false;
            withdraw();
        }
        if (left > 0 && left < Long.MAX_VALUE) {
            expiry = world.timer().schedule(Duration.ofMillis(left).toNanos(), this::check);
        }
    }

    /** Calls are treated as before the first configuration. */
    private void withdraw() {
        if (passThrough) {
            java.util.Objects.requireNonNull(listener).accept(UNMESHED);
        } else {
            java.util.Objects.requireNonNull(forget).run();
        }
    }

    private long millisLeft(MeshSnapshot snapshot) {
        Duration most = mostAge;
        return most == null || controlPlane.status().connected()
                ? Long.MAX_VALUE
                : most.toMillis() - ageMillis(snapshot);
    }

    private long ageMillis(MeshSnapshot snapshot) {
        long confirmed =
                Math.max(snapshot.acceptedMillis(), controlPlane.status().acceptedMillis());
        return confirmed == 0 ? 0 : Math.max(0, world.ticker().epochMillis() - confirmed);
    }

    /** Nothing is delivered any more. */
    synchronized void close() {
        closed = true;
        if (expiry != null) {
            expiry.cancel();
        }
    }

    /** A configuration is in force. */
    boolean serving() {
        return serving;
    }

    MeshConfiguration configuration() {
        MeshSnapshot snapshot = newest;
        ControlPlane.Status status = controlPlane.status();
        return new MeshConfiguration(
                snapshot == null ? "" : snapshot.version(),
                snapshot == null ? null : snapshot.source(),
                snapshot == null ? Duration.ZERO : Duration.ofMillis(ageMillis(snapshot)),
                status.connected(),
                status.server(),
                status.rejected());
    }

    /** Why there is no configuration in force, for people. */
    String missing() {
        ControlPlane.Status status = controlPlane.status();
        String there = status.server().isEmpty()
                ? "no snapshot has been set"
                : status.server() + " "
                        + (status.connected()
                                ? "connected, nothing sent yet"
                                : status.trouble().isEmpty() ? "not connected yet" : status.trouble());
        MeshSnapshot snapshot = newest;
        Duration most = mostAge;
        if (snapshot == null || most == null) {
            return there + (status.server().isEmpty() ? "" : ", disk none");
        }
        return there + ", last configuration " + Durations.say(ageMillis(snapshot) * 1_000_000) + " old where at most "
                + Durations.say(most.toNanos()) + " is served";
    }
}
