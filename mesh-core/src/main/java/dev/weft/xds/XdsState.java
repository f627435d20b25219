package dev.weft.xds;

import dev.weft.config.ConfigProblem;
import dev.weft.config.MeshSnapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the client stands with its control plane.
 *
 * @param connected a stream is open and was answered
 * @param server the control plane spoken to, or tried last; empty before the first try
 * @param dialect what it turned out to speak
 * @param connectedSinceMillis epoch milliseconds of the stream's first answer; 0 while not connected
 * @param failedTries connection attempts that failed since the last good stream
 * @param lastFailure why the last one did, or empty
 * @param source where the configuration in force came from, or null: there is none yet
 * @param version of the configuration in force, or empty
 * @param acceptedMillis epoch milliseconds at which a control plane last confirmed the configuration; 0 = never
 * @param problems what is refused at present, of which the last good versions are in force
 */
public record XdsState(
        boolean connected,
        String server,
        Dialect dialect,
        long connectedSinceMillis,
        int failedTries,
        String lastFailure,
        MeshSnapshot.@Nullable Source source,
        String version,
        long acceptedMillis,
        List<ConfigProblem> problems) {
    static final XdsState INITIAL = new XdsState(false, "", Dialect.UNKNOWN, 0, 0, "", null, "", 0, List.of());

    public XdsState {
        problems = List.copyOf(problems);
    }

    /** Time since a control plane last confirmed the configuration; zero when there is none. */
    public Duration age(long nowMillis) {
        return acceptedMillis == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, nowMillis - acceptedMillis));
    }
}
