package dev.weft.grpc.call;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of what calls have sent is kept in case that it has to be sent again. What is over the limits is not kept, and such a call has
 * no further attempts; the numbers are those of gRPC's own retries. Small calls are not counted towards the channel's limit, so that
 * they touch nothing in common.
 */
final class ReplayMemory {
    /** Bytes on the wire. */
    static final long PER_CALL = 1 << 20;

    static final long PER_CHANNEL = 16 << 20;

    /** What an object in a list costs besides its bytes: a flood of empty messages is bounded too. */
    static final long PER_MESSAGE = 64;

    private static final long SMALL = 16 << 10;

    private final AtomicLong held = new AtomicLong();

    /**
     * A call's share has grown.
     *
     * @param counted what was counted of it so far
     * @return what is counted of it now, or -1: it must not be kept any more, and nothing is counted
     */
    long grow(long counted, long bytes) {
        if (bytes > PER_CALL) {
            held.addAndGet(-counted);
            return -1;
        }
        if (bytes <= SMALL) {
            return counted;
        }
        if (held.addAndGet(bytes - counted) > PER_CHANNEL) {
            held.addAndGet(-bytes);
            return -1;
        }
        return bytes;
    }

    void release(long counted) {
        if (counted > 0) {
            held.addAndGet(-counted);
        }
    }

    long held() {
        return held.get();
    }
}
