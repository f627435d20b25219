package dev.weft.grpc.link;

import org.jspecify.annotations.Nullable;

/**
 * How often attempts that wait are asked again. Where thousands wait for hundreds of hosts, most are asked in vain each time that one host
 * is connected, and a pause in proportion to that lets more news come together. Attempts that leave are no waste, however long their
 * leaving takes. All within the channel's synchronization context, apart from {@link #picked}.
 */
final class Asking {
    /** What is asked in vain may take one part in so many of the time. */
    private static final int SHARE = 5;

    /** A connection that stands waits no longer than this for those who want it. */
    private static final long LONGEST_NANOS = 100_000_000;

    // Written by whoever asks; any other thread that picks finds that it is not the one.
    private @Nullable Thread asking;

    private int asked;
    private int inVain;

    /** What one costs at least: times measured are longer where the machine is busy or much else is done meanwhile. */
    private double leastNanos = Double.MAX_VALUE;

    void begins() {
        asked = 0;
        inVain = 0;
        asking = Thread.currentThread();
    }

    /**
     * Somebody has picked, perhaps because he was asked. From any thread.
     *
     * @param waits he goes on waiting
     */
    void picked(boolean waits) {
        if (asking != null && asking == Thread.currentThread()) {
            asked++;
            if (waits) {
                inVain++;
            }
        }
    }

    /**
     * All have been asked.
     *
     * @param nanos how long that took
     * @return nanoseconds until they may be asked again
     */
    long ended(long nanos) {
        asking = null;
        if (asked > 0) {
            leastNanos = Math.min(leastNanos, (double) nanos / asked);
        }
        return inVain == 0 ? 0 : (long) Math.min(LONGEST_NANOS, (SHARE - 1) * inVain * leastNanos);
    }
}
