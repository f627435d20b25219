package dev.weft.control.ads;

import java.time.Duration;

/**
 * How the push server behaves.
 *
 * @param quiet a change is pushed after so much time without another one
 * @param longest but never later than this after the first one
 * @param goodbye a goodbye is answered when callers know that the instance is gone, and after this time in any case
 * @param warming routes wait so long at most for the endpoints of new clusters
 * @param maxNames names that one stream may subscribe to, per type of resource
 * @param maxStreams streams at once; further clients are told to come back later
 * @param requestsPerSecond what one stream is read at in the long run; a client that sends more is read more slowly
 */
public record AdsOptions(
        Duration quiet,
        Duration longest,
        Duration goodbye,
        Duration warming,
        int maxNames,
        int maxStreams,
        int requestsPerSecond) {

    /**
     * 100 ms, 10 s, 2 s, 5 s; 50,000 names (five times the largest mesh we plan for), 20,000 streams, 200 requests per
     * second (a client that starts acknowledges and subscribes in bursts of tens).
     */
    public static final AdsOptions DEFAULT = new AdsOptions(
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            50_000,
            20_000,
            200);

    /** The same with another debounce. */
    public AdsOptions withDebounce(Duration quiet, Duration longest) {
        return new AdsOptions(quiet, longest, goodbye, warming, maxNames, maxStreams, requestsPerSecond);
    }

    /** The same with other bounds for a stream. */
    public AdsOptions withBounds(int maxNames, int maxStreams, int requestsPerSecond) {
        return new AdsOptions(quiet, longest, goodbye, warming, maxNames, maxStreams, requestsPerSecond);
    }
}
