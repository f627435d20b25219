package dev.weft.grpc.call;

import dev.weft.engine.Exchange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user sends. It goes straight to the attempts that have had everything before it, and is kept for those that have not begun
 * yet, until no other can come or it is too much to keep. The lock is held for looking and noting only, never while something is sent:
 * a flight is written to by the user's thread once it follows, and by its launching thread before that.
 */
final class Upload<Q> {
    /** Entries besides messages. */
    private enum Mark {
        HALF_CLOSE,
        COMPRESS,
        DO_NOT_COMPRESS
    }

    private final ReplayMemory memory;

    // Set before the first flight is made; told when nothing can be sent again.
    private @Nullable Exchange exchange;

    // All of the following is guarded by this. The lists of followers are never changed, only replaced: the user's
    // thread may be going
    // through one.
    private List<Object> kept = new ArrayList<>(2);
    private List<Flight<Q, ?>> following = List.of();
    private List<CopyFeed<Q>> copies = List.of();
    private boolean keeping = true;
    private int behind;
    private long counted;

    Upload(ReplayMemory memory) {
        this.memory = memory;
    }

    void begin(Exchange of) {
        exchange = of;
    }

    /** From the user's thread. */
    void message(Q message) {
        add(message);
    }

    /** From the user's thread. */
    void halfClose() {
        add(Mark.HALF_CLOSE);
    }

    /** From the user's thread. */
    void compression(boolean enabled) {
        add(enabled ? Mark.COMPRESS : Mark.DO_NOT_COMPRESS);
    }

    private void add(Object entry) {
        List<Flight<Q, ?>> toAll;
        List<CopyFeed<Q>> toCopies;
        synchronized (this) {
            if (keeping || behind > 0) {
                kept.add(entry);
            }
            toAll = following;
            toCopies = copies;
        }
        for (int i = 0; i < toAll.size(); i++) {
            write(toAll.get(i), entry);
        }
        for (int i = 0; i < toCopies.size(); i++) {
            toCopies.get(i).offer(entry);
        }
    }

    /**
     * An attempt is to be made: what there is stays until it has {@linkplain #join joined} or {@linkplain #leave left}.
     *
     * @return false: it is too late for another one
     */
    synchronized boolean expect() {
        if (keeping || behind > 0) {
            behind++;
            return true;
        }
        return false;
    }

    /** An expected attempt has begun, on the thread that has begun it: everything so far, and from then on what comes. */
    void join(Flight<Q, ?> flight) {
        int at = 0;
        while (true) {
            Object[] batch;
            synchronized (this) {
                if (!flight.expected) {
                    return;
                }
                if (at == kept.size()) {
                    following = with(following, flight);
                    arrived(flight);
                    return;
                }
                batch = kept.subList(at, kept.size()).toArray();
                at = kept.size();
            }
            for (Object entry : batch) {
                write(flight, entry);
            }
        }
    }

    /** A copy of a stream has begun: it is given what it takes without being waited for. */
    void join(CopyFeed<Q> copy) {
        synchronized (this) {
            copy.begin(kept);
            copies = with(copies, copy);
        }
        copy.pump();
    }

    void leave(Flight<Q, ?> flight) {
        synchronized (this) {
            if (flight.expected) {
                arrived(flight);
            } else {
                following = without(following, flight);
            }
        }
    }

    private void arrived(Flight<Q, ?> flight) {
        flight.expected = false;
        behind--;
        trim();
    }

    void leave(CopyFeed<Q> copy) {
        synchronized (this) {
            copies = without(copies, copy);
        }
    }

    /** Whether what the user sends now goes straight to it. */
    synchronized boolean isFollowedBy(Flight<Q, ?> flight) {
        return following.contains(flight);
    }

    /**
     * An attempt that is alive has put so much on the wire.
     *
     * @param bytes all it has sent
     */
    void sent(long bytes) {
        synchronized (this) {
            if (!keeping) {
                return;
            }
            long now = memory.grow(counted, Math.max(counted, bytes + kept.size() * ReplayMemory.PER_MESSAGE));
            if (now >= 0) {
                counted = now;
                return;
            }
            counted = 0;
        }
        release();
        if (exchange != null) {
            exchange.bodyNotReplayable();
        }
    }

    /** Nobody will have to be sent what has been sent so far. */
    void release() {
        synchronized (this) {
            if (keeping) {
                keeping = false;
                memory.release(counted);
                counted = 0;
                trim();
            }
        }
    }

    private void trim() {
        if (!keeping && behind == 0) {
            kept = List.of();
        }
    }

    private static <T> List<T> with(List<T> some, T one) {
        if (some.isEmpty()) {
            return List.of(one);
        }
        List<T> more = new ArrayList<>(some);
        more.add(one);
        return more;
    }

    private static <T> List<T> without(List<T> some, T one) {
        if (!some.contains(one)) {
            return some;
        }
        if (some.size() == 1) {
            return List.of();
        }
        List<T> fewer = new ArrayList<>(some);
        fewer.remove(one);
        return fewer;
    }

    @SuppressWarnings("unchecked")
    static <Q> void write(Flight<Q, ?> flight, Object entry) {
        if (entry instanceof Mark mark) {
            switch (mark) {
                case HALF_CLOSE -> flight.line.halfClose();
                case COMPRESS -> flight.line.compression(true);
                case DO_NOT_COMPRESS -> flight.line.compression(false);
            }
        } else {
            flight.line.message((Q) entry);
        }
    }
}
