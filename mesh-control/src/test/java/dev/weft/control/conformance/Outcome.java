package dev.weft.control.conformance;

import dev.weft.request.Headers;
import java.util.List;

/**
 * What happened to a request.
 *
 * @param attempts as the client made them
 * @param arrivals at the servers, in order
 * @param millis from call to answer
 */
record Outcome(
        int status,
        Headers headers,
        String body,
        List<Attempts.Attempt> attempts,
        List<EchoServers.Arrival> arrivals,
        long millis) {

    List<EchoServers.Arrival> copies() {
        return arrivals.stream().filter(Outcome::isCopy).toList();
    }

    List<EchoServers.Arrival> originals() {
        return arrivals.stream().filter(arrival -> !isCopy(arrival)).toList();
    }

    private static boolean isCopy(EchoServers.Arrival arrival) {
        return "MIRROR".equals(arrival.headers().first(Attempts.HEADER));
    }

    /** The cluster of the first attempt, or empty if the mesh answered by itself. */
    String cluster() {
        return attempts.stream()
                .filter(attempt -> !attempt.isCopy())
                .map(Attempts.Attempt::cluster)
                .findFirst()
                .orElse("");
    }
}
