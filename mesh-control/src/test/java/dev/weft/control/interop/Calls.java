package dev.weft.control.interop;

import java.util.Map;
import java.util.Set;

/** Something that can make calls to {@code greeter} and tell where they ended. */
interface Calls extends AutoCloseable {

    /** How many of so many calls ended at which {@code address:port}; failures under {@code !reason}. */
    Map<String, Integer> call(int times) throws Exception;

    /** Calls until ten calls in a row end at these peers only, and fails after a generous time. */
    default void until(Set<String> peers) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        Map<String, Integer> ends = call(10);
        while (!peers.equals(ends.keySet())) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("calls end at " + ends + ", expected " + peers);
            }
            ends = call(10);
        }
    }
}
