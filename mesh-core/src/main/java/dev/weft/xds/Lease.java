package dev.weft.xds;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a stream may last: as long as the certificate that opened it. A renewal does not cut it; in the last tenth of the
 * certificate's time it is opened anew by the next one, at a moment of its own so that a fleet does not come all at once. Control thread
 * only.
 */
final class Lease {
    private final ControlThread control;
    private final World world;
    private final Channels channels;
    private final Runnable over;
    private Timer.@Nullable Handle timer;

    /** @param over the stream has to go; another can be opened if there is an identity */
    Lease(ControlThread control, World world, Channels channels, Runnable over) {
        this.control = control;
        this.world = world;
        this.channels = channels;
        this.over = over;
    }

    /** A stream is opened now. */
    void begin() {
        stop();
        long until = channels.goodUntilMillis();
        if (until == Long.MAX_VALUE) {
            return;
        }
        long left = Math.max(0, until - world.ticker().epochMillis());
        long early = left / 1000 * world.randomness().nextInt(101);
        timer = control.after(Duration.ofMillis(left - early), () -> early(until));
    }

    private void early(long until) {
        if (channels.goodUntilMillis() > until) {
            over.run();
        } else {
            long left = Math.max(0, until - world.ticker().epochMillis());
            timer = control.after(Duration.ofMillis(left), over);
        }
    }

    void stop() {
        control.check();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
