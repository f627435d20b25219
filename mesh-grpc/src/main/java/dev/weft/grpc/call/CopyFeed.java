package dev.weft.grpc.call;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The way to a copy of a stream. It takes what its server takes; where that is too little, the copy is given up, because the user's own
 * stream must neither wait for it nor be kept for it without bound.
 */
final class CopyFeed<Q> {
    /** Entries that may wait beyond those that had been sent when the copy began. */
    private static final int MOST = 64;

    private final Flight<Q, ?> flight;

    // All of these are guarded by this. Who writes is alone, and looks again when somebody has come meanwhile.
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean again;
    private int most = MOST;

    CopyFeed(Flight<Q, ?> flight) {
        this.flight = flight;
    }

    synchronized void begin(List<Object> sent) {
        waiting.addAll(sent);
        most = sent.size() + MOST;
    }

    void offer(Object entry) {
        boolean tooSlow;
        synchronized (this) {
            tooSlow = waiting.size() >= most;
            if (!tooSlow) {
                waiting.add(entry);
            }
        }
        if (tooSlow) {
            flight.cancel();
        } else {
            pump();
        }
    }

    /** It may have room now; from any thread. */
    void pump() {
        synchronized (this) {
            again = true;
            if (writing) {
                return;
            }
            writing = true;
        }
        while (true) {
            Object entry;
            boolean room = flight.line.isReady();
            synchronized (this) {
                entry = room ? waiting.poll() : null;
                if (entry == null) {
                    if (!again) {
                        writing = false;
                        return;
                    }
                    again = false;
                    continue;
                }
            }
            Upload.write(flight, entry);
        }
    }
}
