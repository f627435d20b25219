package dev.weft.runtime;

/** A monotonic clock and a wall clock. Safe for use from any thread. */
public interface Ticker {

    /** Nanoseconds from an arbitrary origin; never goes back; compare by subtraction. */
    long nanoTime();

    /** Milliseconds since the Unix epoch; may jump. For ages, logs and certificates, never for measuring. */
    long epochMillis();

    /** The machine's clocks. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
