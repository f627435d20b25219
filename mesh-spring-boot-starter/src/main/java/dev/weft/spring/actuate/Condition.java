package dev.weft.spring.actuate;

import dev.weft.Mesh;
import dev.weft.MeshConfiguration;
import dev.weft.MeshState;
import dev.weft.identity.Identity;
import dev.weft.spring.HealthProperties;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Status;

/**
 * How a mesh is at one moment, as far as its health goes.
 *
 * @param missing for calls to be served; empty: nothing
 * @param identity or null: there is none
 */
record Condition(
        MeshState state,
        String missing,
        MeshConfiguration configuration,
        @Nullable Certificate identity) {

    /**
     * The identity of the process.
     *
     * @param life from the certificate's begin to its end
     * @param left of it; negative: it is over
     * @param trouble why there is no newer one, or empty
     */
    record Certificate(String id, Duration life, Duration left, String trouble) {

        /** Of a short life the last sixth is near, or it would be so from the beginning. */
        boolean nearItsEnd(Duration warning) {
            Duration sixth = life.dividedBy(6);
            return left.compareTo(warning.compareTo(sixth) < 0 ? warning : sixth) < 0;
        }
    }

    static Condition of(Mesh mesh) {
        Identity identity = mesh.identity().current();
        return new Condition(
                mesh.state(),
                mesh.missing(),
                mesh.configuration(),
                identity == null
                        ? null
                        : new Certificate(
                                identity.svid().id().toString(),
                                Duration.between(
                                        identity.svid().leaf().getNotBefore().toInstant(),
                                        identity.svid().expiry()),
                                Seconds.left(mesh, identity),
                                mesh.identity().trouble()));
    }

    /** The control plane that confirmed the configuration is not there. */
    boolean stale() {
        return configuration.source() != null && !configuration.connected();
    }

    Status status(HealthProperties limits) {
        if (!missing.isEmpty() || state == MeshState.CLOSED) {
            return Status.DOWN;
        }
        boolean old = stale() && configuration.age().compareTo(limits.staleAfter()) > 0;
        boolean ending = identity != null && identity.nearItsEnd(limits.identityWarning());
        return old || ending ? MeshHealthIndicator.DEGRADED : Status.UP;
    }
}
