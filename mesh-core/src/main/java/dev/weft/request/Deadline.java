package dev.weft.request;

/**
 * A point on the ticker's clock after which an answer is worth nothing.
 *
 * @param atNanos on {@link dev.weft.runtime.Ticker#nanoTime}'s scale; {@link Long#MAX_VALUE} means never
 */
public record Deadline(long atNanos) {
    /** Header that carries a deadline over plain HTTP: whole milliseconds left when the request was sent, at least 1. */
    public static final String HEADER = "x-mesh-timeout-ms";

    /** No deadline. */
    public static final Deadline NONE = new Deadline(Long.MAX_VALUE);

    /** The deadline {@code nanos} after {@code nowNanos}; a negative duration counts as zero, a huge one as none. */
    public static Deadline after(long nowNanos, long nanos) {
        long at = nowNanos + Math.max(0, nanos);
        return at - nowNanos < 0 || at == Long.MAX_VALUE ? NONE : new Deadline(at);
    }

    public boolean exists() {
        return atNanos != Long.MAX_VALUE;
    }

    /** Nanoseconds left; negative when it is over, {@link Long#MAX_VALUE} when there is none. */
    public long remaining(long nowNanos) {
        return exists() ? atNanos - nowNanos : Long.MAX_VALUE;
    }

    public Deadline earlierOf(Deadline other) {
        return !other.exists() ? this : !exists() ? other : atNanos - other.atNanos <= 0 ? this : other;
    }
}
