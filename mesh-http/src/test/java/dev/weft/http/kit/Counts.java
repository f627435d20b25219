package dev.weft.http.kit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What meters have counted. */
public final class Counts {
    private Counts() {}

    /** Of all counters of this name, whatever their tags. */
    public static double of(MeterRegistry meters, String name) {
        return meters.find(name).counters().stream().mapToDouble(Counter::count).sum();
    }
}
