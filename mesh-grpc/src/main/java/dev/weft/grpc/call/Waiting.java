package dev.weft.grpc.call;

import dev.weft.grpc.link.ChannelHold;
import io.grpc.Channel;
import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a channel that wait in the engine, for a host, a back-off or an injected delay: nothing of theirs is below, where the channel
 * would see it. They hold it together, so that they live and end with it as calls do that wait for a connection. From any thread.
 */
final class Waiting {
    // Both guarded by this. There is a hold while there are calls, unless the channel has lost it.
    private final Set<Stay> calls = new HashSet<>();
    private @Nullable ChannelHold hold;

    /**
     * A call waits. It ends with the channel from now on, until it {@linkplain #leave leaves}.
     *
     * @param fresh it has just begun, so that it is too late for it if the channel has been shut down
     */
    void join(Stay call, Channel channel, boolean fresh) {
        ChannelHold made = null;
        synchronized (this) {
            calls.add(call);
            if (hold == null) {
                made = new ChannelHold(channel, this::ended);
                hold = made;
            }
        }
        if (made != null) {
            made.begin();
        } else if (fresh) {
            new ChannelHold(channel, (of, status) -> {
                        if (status != null) {
                            call.channelEnded(status);
                        }
                    })
                    .probe();
        }
    }

    /** A call has got its answer, whatever it is. */
    void leave(Stay call) {
        ChannelHold unneeded;
        synchronized (this) {
            if (!calls.remove(call) || !calls.isEmpty()) {
                return;
            }
            unneeded = hold;
            hold = null;
        }
        if (unneeded != null) {
            unneeded.end();
        }
    }

    /** Where attempts of a call that has joined go if the channel takes no more; null while it does. */
    @Nullable
    ChannelHold past(Channel channel) {
        ChannelHold held;
        synchronized (this) {
            held = hold;
        }
        if (held == null) {
            return null;
        }
        // Channels do not tell whether they have been shut down, except those who want something.
        return new ChannelHold(channel, (of, status) -> {}).probe() ? null : held;
    }

    private void ended(ChannelHold of, @Nullable Status status) {
        List<Stay> all;
        synchronized (this) {
            if (hold != of) {
                return;
            }
            hold = null;
            if (status == null) {
                return;
            }
            all = List.copyOf(calls);
            calls.clear();
        }
        all.forEach(call -> call.channelEnded(status));
    }
}
