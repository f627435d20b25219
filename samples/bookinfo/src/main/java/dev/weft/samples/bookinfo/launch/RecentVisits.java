package dev.weft.samples.bookinfo.launch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The visits of the last seconds. May be used by many threads. */
final class RecentVisits {
    private final long windowNanos;

    // Guarded by itself; oldest end first.
    private final Deque<Seen> visits = new ArrayDeque<>();

    RecentVisits(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    void add(boolean jason, Visit visit) {
        synchronized (visits) {
            visits.addLast(new Seen(jason, visit));
        }
    }

    /** @param now of {@link System#nanoTime} */
    List<Seen> since(long now) {
        synchronized (visits) {
            visits.removeIf(seen -> now - seen.visit().endedNanos() > windowNanos);
            return new ArrayList<>(visits);
        }
    }

    /** @param jason or nobody in particular */
    record Seen(boolean jason, Visit visit) {}
}
