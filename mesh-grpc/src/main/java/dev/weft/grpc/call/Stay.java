package dev.weft.grpc.call;

import dev.weft.grpc.link.ChannelHold;
import io.grpc.Channel;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call's place among those that wait in the engine ({@link Waiting}): it takes one when no attempt is on its way though nothing has been
 * decided, and keeps it until something is.
 */
final class Stay {
    private final Waiting others;
    private final Channel channel;
    private final Consumer<Status> channelEnds;

    /** Attempts that may still be answered. */
    private final AtomicInteger aloft = new AtomicInteger();

    /** What the caller will hear is decided. Written by whoever decides, and by commands; read by anybody. */
    private volatile boolean decided;

    /** An attempt has ended and nothing was decided. Written by any; read by commands. */
    private volatile boolean landed;

    /** Written on the executor and by the user's thread; read by anybody. */
    private volatile boolean joined;

    /**
     * @param channel below
     * @param channelEnds hears that the channel has been shut down while the call had a place
     */
    Stay(Waiting others, Channel channel, Consumer<Status> channelEnds) {
        this.others = others;
        this.channel = channel;
        this.channelEnds = channelEnds;
    }

    void sent() {
        aloft.incrementAndGet();
    }

    /** @return whether the call may have to wait now; whoever is told so has the engine say when it goes on */
    boolean landed() {
        if (aloft.decrementAndGet() == 0 && !decided) {
            landed = true;
            return true;
        }
        return false;
    }

    private boolean waits() {
        return aloft.get() == 0 && !decided;
    }

    /** Whether the call has come to wait for another attempt. */
    boolean waitsAgain() {
        return landed && waits();
    }

    /**
     * Takes a place if the call waits. On a thread where the user's code may run.
     *
     * @param fresh it has just begun
     */
    void take(boolean fresh) {
        if (!waits()) {
            return;
        }
        joined = true;
        others.join(this, channel, fresh);
        if (decided) {
            leave();
        }
    }

    /** It is decided what the caller will hear, though the attempts may not have ended. */
    void decided() {
        decided = true;
    }

    void leave() {
        if (joined) {
            others.leave(this);
        }
    }

    /** Where its attempts go if the channel takes no more; null while it does. */
    @Nullable
    ChannelHold past() {
        return joined ? others.past(channel) : null;
    }

    void channelEnded(Status status) {
        channelEnds.accept(status);
    }
}
