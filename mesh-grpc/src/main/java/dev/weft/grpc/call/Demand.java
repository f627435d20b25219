package dev.weft.grpc.call;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many messages the caller has asked for. Of a stream, the attempt that has won is asked for them; a single answer is fetched without
 * being asked for, so that it comes together with its head, and kept until he does.
 */
final class Demand<R> {
    private final boolean single;
    private final Downstream<R> downstream;

    // Both guarded by this.
    private @Nullable Flight<?, R> winner;
    private int requested;

    /** For an answer that nobody asks for. Used by the downstream's tasks only. */
    private Timer.@Nullable Handle patience;

    /** @param single the server sends one message */
    Demand(boolean single, Downstream<R> downstream) {
        this.single = single;
        this.downstream = downstream;
    }

    /** The caller asks. */
    void more(int messages) {
        Flight<?, R> to;
        synchronized (this) {
            to = winner;
            if (to == null || single) {
                requested = (int) Math.min(Integer.MAX_VALUE, (long) requested + messages);
            }
        }
        if (to != null && single) {
            downstream.elsewhere(to.answer::pass);
        } else if (to != null) {
            to.line.request(messages);
        }
    }

    /** There is somebody to ask. */
    void wonBy(Flight<?, R> flight) {
        int wanted;
        synchronized (this) {
            winner = flight;
            wanted = requested;
        }
        if (wanted > 0 && !single) {
            flight.line.request(wanted);
        }
    }

    /** Whether a message that has come may be passed on. */
    boolean isThere() {
        if (!single) {
            return true;
        }
        synchronized (this) {
            return requested > 0;
        }
    }

    /**
     * The answer is whole, so the engine is done with the call; but the caller has not asked for it, and only his time runs on.
     *
     * @param time his, or null
     */
    void endsAt(io.grpc.@Nullable Deadline time, World world) {
        if (time != null && patience == null) {
            Status late = Status.DEADLINE_EXCEEDED.withDescription("nobody asked for the answer in time");
            patience = world.timer()
                    .schedule(
                            Math.max(0, time.timeRemaining(TimeUnit.NANOSECONDS)),
                            () -> downstream.elsewhere(() -> downstream.close(late, new Metadata())));
        }
    }

    /** The caller is about to hear the end. */
    void end() {
        if (patience != null) {
            patience.cancel();
        }
    }
}
