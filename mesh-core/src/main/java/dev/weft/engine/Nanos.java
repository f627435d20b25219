package dev.weft.engine;

import dev.weft.runtime.Durations;

/** Points on the ticker's clock, where {@link Long#MAX_VALUE} is never and others compare by subtraction. */
final class Nanos {
    static final long NEVER = Long.MAX_VALUE;

    private Nanos() {}

    static long earlier(long a, long b) {
        return a == NEVER ? b : b == NEVER || a - b <= 0 ? a : b;
    }

    static boolean reached(long point, long now) {
        return point != NEVER && now - point >= 0;
    }

    /** The point {@code duration} from now; a duration of {@link #NEVER} never comes. */
    static long after(long now, long duration) {
        long point = now + duration;
        return duration == NEVER || point - now < 0 ? NEVER : point;
    }

    /** For people: {@code 300 ms}, {@code 2 s}, {@code 1.5 s}. */
    static String say(long duration) {
        return Durations.say(duration);
    }
}
