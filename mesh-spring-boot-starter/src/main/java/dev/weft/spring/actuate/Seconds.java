package dev.weft.spring.actuate;

import dev.weft.Mesh;
import dev.weft.identity.Identity;
import java.time.Duration;

/** Durations as people are shown them. */
final class Seconds {
    private Seconds() {}

    /** {@code PT41M}: in ISO form, without what is less than a second. */
    static String of(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds()).toString();
    }

    /** Until an identity ends; negative: it has. */
    static Duration left(Mesh mesh, Identity identity) {
        return Duration.ofMillis(
                identity.svid().expiry().toEpochMilli() - mesh.world().ticker().epochMillis());
    }
}
