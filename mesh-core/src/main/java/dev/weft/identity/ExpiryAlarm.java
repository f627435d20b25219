package dev.weft.identity;

import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says that an identity nears its end without a successor, and that it has ended: once each, wherever the identity comes from. Safe for
 * use from any thread.
 */
public final class ExpiryAlarm implements AutoCloseable {
    /** As much time as an operator needs; of a short life, its last sixth. */
    private static final Duration NEAR = Duration.ofMinutes(10);

    private final IdentitySource source;
    private final World world;
    private final Consumer<String> said;
    private final Runnable forget;

    // Guarded by this: the identity that is watched, and when it is looked at next.
    private @Nullable Identity watched;
    private long nearMillis;
    private Timer.@Nullable Handle next;
    private boolean closed;

    /** @param said takes each message, in one line for people; on the timer's thread */
    public ExpiryAlarm(IdentitySource source, World world, Consumer<String> said) {
        this.source = source;
        this.world = world;
        this.said = said;
        this.forget = source.onChange(this::watch);
        Identity now = source.current();
        if (now != null) {
            watch(now);
        }
    }

    private synchronized void watch(Identity identity) {
        Identity before = watched;
        if (before != null && before.epoch() > identity.epoch()) {
            return;
        }
        watched = identity;
        // Of what was left when it came: a certificate begins minutes before it is given, for clocks that differ.
        nearMillis = Math.min(NEAR.toMillis(), left(identity) / 6);
        plan(left(identity) - nearMillis, () -> near(identity, false));
    }

    private synchronized void plan(long millis, Runnable look) {
        if (next != null) {
            next.cancel();
        }
        if (!closed) {
            next = world.timer().schedule(Duration.ofMillis(Math.max(0, millis)).toNanos(), look);
        }
    }

    private synchronized void near(Identity identity, boolean said) {
        if (watched != identity || closed) {
            return;
        }
        long left = left(identity);
        if (left > nearMillis && !said) {
            // The wall clock was set back meanwhile; the timer goes by another.
            plan(left - nearMillis, () -> near(identity, false));
        } else if (left > 0) {
            if (!said) {
                say(identity.svid().id() + " ends in " + left / 1000
                        + " s and is not renewed; connections to and from this process are refused then");
            }
            plan(left, () -> near(identity, true));
        } else {
            say(identity.svid().id() + " has ended at " + identity.svid().expiry()
                    + "; connections to and from this process are refused until there is another certificate");
        }
    }

    private void say(String what) {
        String trouble = source.trouble();
        said.accept(what + (trouble.isEmpty() ? "" : "; " + trouble) + "; " + OwnIdentity.TODO);
    }

    private long left(Identity identity) {
        return identity.svid().expiry().toEpochMilli() - world.ticker().epochMillis();
    }

    /** Nothing is said any more. */
    @Override
    public synchronized void close() {
        closed = true;
        forget.run();
        if (next != null) {
            next.cancel();
        }
    }
}
