package dev.weft.xds;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * While the stream goes to a control plane of second choice: looks now and then whether the first can be connected to. The
 * stream moves only when it can, so that looking costs nobody anything. Control thread only.
 */
final class Failback {
    private static final long EVERY_MILLIS = 60_000;

    private final ControlThread control;
    private final World world;
    private final Channels channels;
    private final String first;
    private final Runnable reachable;

    private Timer.@Nullable Handle timer;
    private @Nullable ManagedChannel probe;

    Failback(ControlThread control, World world, Channels channels, String first, Runnable reachable) {
        this.control = control;
        this.world = world;
        this.channels = channels;
        this.first = first;
        this.reachable = reachable;
    }

    void start() {
        control.check();
        stop();
        // Up to a tenth more, so that a crowd does not look all at once.
        long millis = EVERY_MILLIS + world.randomness().nextInt((int) (EVERY_MILLIS / 10));
        timer = control.after(Duration.ofMillis(millis), this::look);
    }

    private void look() {
        ManagedChannel channel = channels.open(first);
        probe = channel;
        judge(channel);
    }

    private void judge(ManagedChannel channel) {
        if (probe != channel) {
            return;
        }
        ConnectivityState state = channel.getState(true);
        if (state == ConnectivityState.READY) {
            stop();
            reachable.run();
        } else if (state == ConnectivityState.TRANSIENT_FAILURE || state == ConnectivityState.SHUTDOWN) {
            start();
        } else {
            channel.notifyWhenStateChanged(state, () -> control.execute(() -> judge(channel)));
        }
    }

    void stop() {
        control.check();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (probe != null) {
            probe.shutdownNow();
            probe = null;
        }
    }
}
