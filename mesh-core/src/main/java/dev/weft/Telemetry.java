package dev.weft;

import dev.weft.runtime.Ticker;
import dev.weft.settings.Settings;
import dev.weft.telemetry.AccessLog;
import dev.weft.telemetry.MeshObserver;
import dev.weft.telemetry.Observers;
import dev.weft.telemetry.Workload;
import dev.weft.telemetry.micrometer.ConfigurationMeters;
import dev.weft.telemetry.micrometer.IdentityMeters;
import dev.weft.telemetry.micrometer.IstioMeters;
import dev.weft.telemetry.otel.GlobalSpans;
import dev.weft.telemetry.otel.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.ArrayList;
import java.util.List;

/** Who is told about calls: meters, spans, the access log if wanted, and the application's own observers. */
final class Telemetry {
    private final MeterRegistry registry;
    private final Settings settings;
    final MeshObserver observer;

    Telemetry(MeshSetup setup, Settings settings) {
        this.settings = settings;
        registry = setup.meterRegistry == null ? Metrics.globalRegistry : setup.meterRegistry;
        List<MeshObserver> all = new ArrayList<>();
        // Spans first: they put the trace into the scope in which the others are told.
        Ticker ticker = setup.world.ticker();
        all.add(
                setup.openTelemetry == null
                        ? new GlobalSpans(setup.handlersTraced, ticker)
                        : new Spans(setup.openTelemetry, setup.handlersTraced, ticker));
        all.add(new IstioMeters(registry, new Workload(settings.service(), settings.namespace(), settings.version())));
        if (settings.accessLog()) {
            all.add(new AccessLog());
        }
        all.addAll(setup.observers);
        observer = Observers.of(all);
    }

    /** Meters about the identity; close them with the mesh. */
    IdentityMeters meters(IdentitySupply identities, IdentityStatus status) {
        return new IdentityMeters(registry, settings.service(), status::secondsLeft, identities::failures);
    }

    /** Meters about the configuration; close them with the mesh. */
    ConfigurationMeters meters(Feed feed) {
        return new ConfigurationMeters(
                registry,
                settings.service(),
                () -> {
                    MeshConfiguration now = feed.configuration();
                    return now.source() == null ? Double.NaN : now.age().toMillis() / 1e3;
                },
                () -> feed.configuration().rejected().size(),
                () -> feed.configuration().connected() ? 1 : 0);
    }
}
