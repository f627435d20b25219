package dev.weft.tls;

import dev.weft.runtime.Ticker;
import dev.weft.runtime.Timer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of one server that have not shown yet that they are worth keeping: over TLS of the mesh until the handshake has proved whose
 * they are, in plaintext until the head of the first request. Whoever only connects, or sends byte after byte, must not keep a server from
 * those who call; so their number is bounded and their time. Safe for use from any thread.
 */
public final class Openings {
    private static final Logger log = LoggerFactory.getLogger(Openings.class);

    /** A herd of clients that all connect anew, as after a restart, stays below it. */
    public static final int MOST = 4096;

    /** So long a connection may count here before it is closed. */
    public static final long MILLIS = 30_000;

    /** At most one line in so much time: a stranger must not write the log. */
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final Ticker ticker;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong next;

    public Openings(Ticker ticker) {
        this.ticker = ticker;
        next = new AtomicLong(ticker.nanoTime());
    }

    /** One more; false: there are too many already. Each that is taken is given back by {@link #end}. */
    public boolean begin() {
        if (open.incrementAndGet() <= MOST) {
            return true;
        }
        open.decrementAndGet();
        say("more than " + MOST
                + " connections wait for their handshake or first request; close connections that send nothing");
        return false;
    }

    /**
     * One more, which is closed when its time is over.
     *
     * @param timer tells the time; {@code close} runs on its thread
     * @param close closes the connection
     * @return null if there are too many already: to be closed now
     */
    public @Nullable Opening begin(Timer timer, Runnable close) {
        if (!begin()) {
            return null;
        }
        Opening opening = new Opening(this);
        opening.watch(timer, close);
        return opening;
    }

    public void end() {
        open.decrementAndGet();
    }

    public int count() {
        return open.get();
    }

    /** Tells an operator, sparingly, of a connection that came to nothing. */
    public void say(String what) {
        long now = ticker.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + QUIET_NANOS)) {
            log.warn("connection refused: {}{}", what, others(unsaid.getAndSet(0)));
        } else {
            unsaid.incrementAndGet();
        }
    }

    private static String others(long count) {
        return count == 0 ? "" : "; and " + count + " others since the last line";
    }
}
