package dev.weft.engine;

import dev.weft.request.Deadline;
import dev.weft.request.GrpcContent;
import dev.weft.request.Headers;

/** Reads the deadline that a caller sent. */
final class WireDeadline {
    // A day in milliseconds has 8 digits; more than 12 (30 years) is no deadline and would be close to overflowing.
    private static final int MOST_DIGITS = 12;

    private WireDeadline() {}

    /**
     * The earliest of what the headers say, a gRPC caller's {@code grpc-timeout} among them; whatever is not a plain number is as if it were not there, because a caller's
     * garbage must neither fail his request nor give it a deadline that he did not mean.
     */
    static Deadline of(Headers headers, long nowNanos) {
        Deadline earliest = Deadline.NONE;
        if (GrpcContent.in(headers)) {
            long nanos = GrpcWords.timeoutNanos(headers.first("grpc-timeout"));
            earliest = nanos == Nanos.NEVER ? earliest : Deadline.after(nowNanos, nanos);
        }
        if (!headers.contains(Deadline.HEADER)) {
            return earliest;
        }
        for (String value : headers.all(Deadline.HEADER)) {
            long millis = millis(value.strip());
            if (millis >= 0) {
                earliest = earliest.earlierOf(Deadline.after(nowNanos, millis * 1_000_000));
            }
        }
        return earliest;
    }

    /** The number, or -1. */
    private static long millis(String value) {
        if (value.isEmpty() || value.length() > MOST_DIGITS) {
            return -1;
        }
        long millis = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            millis = millis * 10 + digit;
        }
        return millis;
    }
}
