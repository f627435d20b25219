package dev.weft;

import dev.weft.config.ConfigProblem;
import dev.weft.config.MeshSnapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mesh works with at the moment.
 *
 * @param version of the configuration, for people; empty while there is none
 * @param source where it came from, or null while there is none
 * @param age since the control plane last confirmed it; zero while there is none
 * @param connected whether the control plane is there
 * @param from control plane in use, or tried last; empty for configuration written by hand
 * @param rejected what the control plane sent and this mesh refused; last good versions are used in its place
 */
public record MeshConfiguration(
        String version,
        MeshSnapshot.@Nullable Source source,
        Duration age,
        boolean connected,
        String from,
        List<ConfigProblem> rejected) {
    public MeshConfiguration {
        rejected = List.copyOf(rejected);
    }
}
