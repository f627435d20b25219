package dev.weft.spring.actuate;

import dev.weft.Mesh;
import dev.weft.MeshConfiguration;
import dev.weft.spring.HealthProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * A mesh that serves is UP, also with a configuration that is old: restarting a service because its control plane is away would be the
 * outage. What should be looked at is DEGRADED, which Boot answers with 200 and leaves out of the aggregate. Without a configuration,
 * or with an identity that is over, it is DOWN.
 */
public final class MeshHealthIndicator extends AbstractHealthIndicator {
    /** Something to be looked at; nobody is sent away. */
    public static final Status DEGRADED = new Status("DEGRADED");

    private final Mesh mesh;
    private final HealthProperties limits;

    public MeshHealthIndicator(Mesh mesh, HealthProperties limits) {
        super("the mesh cannot say how it is");
        this.mesh = mesh;
        this.limits = limits;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        say(health, Condition.of(mesh), limits);
    }

    static void say(Health.Builder health, Condition now, HealthProperties limits) {
        health.status(now.status(limits)).withDetail("state", now.state().name());
        if (!now.missing().isEmpty()) {
            health.withDetail("missing", now.missing());
        }
        health.withDetail("configuration", configuration(now));
        if (now.identity() != null) {
            health.withDetail("identity", identity(now.identity(), limits));
        }
    }

    private static Map<String, Object> configuration(Condition now) {
        MeshConfiguration configuration = now.configuration();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", configuration.version());
        details.put("stale", now.stale());
        if (configuration.source() != null) {
            details.put("age", Seconds.of(configuration.age()));
        }
        if (!configuration.rejected().isEmpty()) {
            details.put("rejected", configuration.rejected().size());
        }
        return details;
    }

    private static Map<String, Object> identity(Condition.Certificate identity, HealthProperties limits) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", identity.id());
        details.put("expires", Seconds.of(identity.left()));
        if (identity.nearItsEnd(limits.identityWarning()) && !identity.trouble().isEmpty()) {
            details.put("trouble", identity.trouble());
        }
        return details;
    }
}
