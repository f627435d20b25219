package dev.weft.telemetry.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How old the configuration is, how much of it was refused, and whether the control plane is there. */
public final class ConfigurationMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    /**
     * Registers the meters.
     *
     * @param service tag that tells several meshes of one JVM apart
     * @param ageSeconds since the control plane last confirmed the configuration; NaN while there is none
     * @param rejected resources that are refused and still wanted
     * @param connected 1 or 0
     */
    public ConfigurationMeters(
            MeterRegistry registry,
            String service,
            Supplier<Number> ageSeconds,
            Supplier<Number> rejected,
            Supplier<Number> connected) {
        this.registry = registry;
        // Micrometer appends the base unit where a registry wants it: Prometheus shows mesh_configuration_age_seconds.
        gauge("mesh_configuration_age", "seconds", "Since the control plane last confirmed it", service, ageSeconds);
        gauge("mesh_configuration_rejected", null, "Resources refused and still wanted", service, rejected);
        gauge("mesh_control_plane_connected", null, "1 while the stream is open", service, connected);
    }

    private void gauge(
            String name,
            @org.jspecify.annotations.Nullable String unit,
            String meaning,
            String service,
            Supplier<Number> value) {
        meters.add(Gauge.builder(name, value)
                .description(meaning)
                .baseUnit(unit)
                .tag("mesh_service", service)
                .register(registry));
    }

    /** Takes the meters out of the registry. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
