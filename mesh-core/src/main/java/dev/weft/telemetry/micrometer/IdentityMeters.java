package dev.weft.telemetry.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/** How long our certificate still lasts, and whether its renewal fails. */
public final class IdentityMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final List<Meter> meters;

    /**
     * Registers the meters.
     *
     * @param service tag that tells several meshes of one JVM apart
     * @param secondsLeft until the certificate ends, below zero after that; NaN without one
     * @param failures attempts that failed since the last certificate
     */
    public IdentityMeters(
            MeterRegistry registry, String service, Supplier<Number> secondsLeft, Supplier<Number> failures) {
        this.registry = registry;
        meters = List.of(
                // Prometheus shows mesh_identity_expiry_seconds.
                Gauge.builder("mesh_identity_expiry", secondsLeft)
                        .description("Until the certificate ends; below zero: it has")
                        .baseUnit("seconds")
                        .tag("mesh_service", service)
                        .register(registry),
                Gauge.builder("mesh_identity_failed_renewals", failures)
                        .description("Attempts to get a certificate that failed since the last one")
                        .tag("mesh_service", service)
                        .register(registry));
    }

    /** Takes the meters out of the registry. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
