package dev.weft.samples.bookinfo.launch;

/** Waiting for something outside this process, which can only be asked again and again. */
public final class Patience {
    private static final long PAUSE_MILLIS = 20;

    private final long end;

    /** @param millis in all */
    public Patience(long millis) {
        this.end = System.nanoTime() + millis * 1_000_000;
    }

    /** Milliseconds; 0 or less when it is over. */
    public long left() {
        return (end - System.nanoTime()) / 1_000_000;
    }

    /** Waits a moment; false when the time is over. */
    public boolean pause() {
        if (left() <= 0) {
            return false;
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
