package dev.weft.samples.bookinfo.launch;

import java.util.concurrent.ThreadLocalRandom;

/**
 * W3C trace context of a new trace.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 of them
 * @param sampled whether everybody shall report spans
 */
public record Traceparent(String traceId, String spanId, boolean sampled) {
    public static Traceparent traced() {
        return random(true);
    }

    public static Traceparent untraced() {
        return random(false);
    }

    String header() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    private static Traceparent random(boolean sampled) {
        ThreadLocalRandom dice = ThreadLocalRandom.current();
        return new Traceparent(
                String.format("%016x%016x", dice.nextLong(), dice.nextLong() | 1),
                String.format("%016x", dice.nextLong() | 1),
                sampled);
    }
}
