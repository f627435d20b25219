package dev.weft.tls;

import dev.weft.runtime.Ticker;
import dev.weft.runtime.Timer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of one server that have not shown yet that they are worth keeping: over TLS of the mesh until the handshake has proved whose
 * they are, in plaintext until the head of the first request. Whoever only connects, or sends byte after byte, must not keep a server from
 * those who call; so their number is bounded and their time: one too many takes the place of the oldest, for somebody who calls has begun long
 * before he is that. Safe for use from any thread.
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

    /** Oldest first; locked by itself, which happens twice in the life of a connection. */
    private final Set<Opening> open = new LinkedHashSet<>();

    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong next;

    public Openings(Ticker ticker) {
        this.ticker = ticker;
        next = new AtomicLong(ticker.nanoTime());
    }

    /**
     * One more.
     *
     * @param timer tells when its time is over
     * @param close closes the connection, without waiting, on whatever thread
     */
    public Opening begin(Timer timer, Runnable close) {
        Opening opening = new Opening(this, close);
        opening.watch(timer);
        Opening oldest = null;
        synchronized (open) {
            open.add(opening);
            if (open.size() > MOST) {
                oldest = open.iterator().next();
            }
        }
        if (oldest != null) {
            oldest.close();
            say("more than " + MOST
                    + " wait for their handshake or first request, this was the oldest; close connections that send"
                    + " nothing");
        }
        return opening;
    }

    void ended(Opening opening) {
        synchronized (open) {
            open.remove(opening);
        }
    }

    public int count() {
        synchronized (open) {
            return open.size();
        }
    }

    /** Tells an operator, sparingly, of a connection that came to nothing. */
    public void say(String what) {
        long now = ticker.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + QUIET_NANOS)) {
            log.warn("connection closed: {}{}", what, others(unsaid.getAndSet(0)));
        } else {
            unsaid.incrementAndGet();
        }
    }

    private static String others(long count) {
        return count == 0 ? "" : "; and " + count + " others since the last line";
    }
}
