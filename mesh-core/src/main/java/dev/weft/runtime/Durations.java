package dev.weft.runtime;

import java.time.Duration;

/** Durations in nanoseconds, and in the words of people. */
public final class Durations {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private Durations() {}

    /** As nanoseconds; what is longer than a long holds, 292 years, is {@link Long#MAX_VALUE}. */
    public static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** {@code 250 us}, {@code 300 ms}, {@code 1.5 s}, {@code 12 min}, {@code 3 h}, {@code 2 d}. */
    public static String say(long nanos) {
        long micros = nanos / 1_000;
        if (micros < 1_000) {
            return micros + " us";
        }
        if (micros < 1_000_000) {
            return number(micros) + " ms";
        }
        long minutes = nanos / MINUTE_NANOS;
        if (minutes < 10) {
            return number(micros / 1_000) + " s";
        }
        return minutes < 120 ? minutes + " min" : minutes < 2_880 ? minutes / 60 + " h" : minutes / 1_440 + " d";
    }

    private static String number(long thousandths) {
        String whole = String.valueOf(thousandths / 1_000);
        long rest = thousandths % 1_000;
        return rest == 0 ? whole : whole + "." + String.format("%03d", rest).replaceAll("0+$", "");
    }
}
