package dev.weft;

import dev.weft.config.SnapshotSource;
import dev.weft.dns.NameResolver;
import dev.weft.identity.IdentitySource;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import dev.weft.settings.Layer;
import dev.weft.settings.Outside;
import dev.weft.settings.Settings;
import dev.weft.telemetry.MeshObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects what a user wrote in Java. */
final class MeshSetup implements Mesh.Builder {
    final Map<String, String> written = new LinkedHashMap<>();
    final List<MeshObserver> observers = new ArrayList<>();

    private static final String CACHE = "trust.cache";

    private @Nullable IdentitySource given;

    @Nullable
    MeterRegistry meterRegistry;

    @Nullable
    OpenTelemetry openTelemetry;

    @Nullable
    SnapshotSource snapshots;

    @Nullable
    Adapters adapters;

    private @Nullable List<Layer> collected;

    World world = World.system();
    boolean ignoreEnvironment;
    boolean closeOnShutdown;
    Predicate<RequestHead> handlersTraced = request -> false;

    private MeshSetup write(String key, String value) {
        written.put(key, value);
        return this;
    }

    @Override
    public MeshSetup service(String name) {
        return write("service", name);
    }

    @Override
    public MeshSetup controlPlane(String... hostAndPort) {
        return write("control-plane", String.join(",", hostAndPort));
    }

    @Override
    public MeshSetup namespace(String name) {
        return write("namespace", name);
    }

    @Override
    public MeshSetup serviceAccount(String name) {
        return write("service-account", name);
    }

    @Override
    public MeshSetup version(String version) {
        return write("version", version);
    }

    @Override
    public MeshSetup label(String name, String value) {
        return write("labels." + name, value);
    }

    @Override
    public MeshSetup port(int port) {
        return port("http", port);
    }

    @Override
    public MeshSetup port(String name, int port) {
        return write("ports." + name, String.valueOf(port));
    }

    @Override
    public MeshSetup locality(String locality) {
        return write("locality", locality);
    }

    @Override
    public MeshSetup instance(String name) {
        return write("instance", name);
    }

    @Override
    public MeshSetup address(String ip) {
        return write("address", ip);
    }

    @Override
    public MeshSetup trust(Trust trust) {
        written.keySet().removeIf(key -> key.startsWith("trust.") && !key.equals(CACHE));
        given = trust instanceof Trust.Given source ? source.source() : null;
        if (trust instanceof Trust.Told told) {
            written.putAll(told.settings());
        }
        return write("trust.mode", trust == Trust.none() ? "none" : "auto");
    }

    @Override
    public MeshSetup keepIdentity() {
        return write(CACHE, "true");
    }

    @Override
    public MeshSetup dataDirectory(Path directory) {
        return write("data-directory", directory.toString());
    }

    @Override
    public MeshSetup whenOffline(Offline offline) {
        return write("when-offline", offline.words());
    }

    @Override
    public MeshSetup whenUnconfigured(Unconfigured unconfigured) {
        return write("when-unconfigured", unconfigured.words());
    }

    @Override
    public MeshSetup observer(MeshObserver observer) {
        observers.add(observer);
        return this;
    }

    @Override
    public MeshSetup meterRegistry(MeterRegistry registry) {
        meterRegistry = registry;
        return this;
    }

    @Override
    public MeshSetup openTelemetry(OpenTelemetry telemetry) {
        openTelemetry = telemetry;
        return this;
    }

    @Override
    public MeshSetup handlersTraced(Predicate<RequestHead> traced) {
        handlersTraced = traced;
        return this;
    }

    @Override
    public MeshSetup world(World seen) {
        world = seen;
        return this;
    }

    @Override
    public MeshSetup snapshots(SnapshotSource source) {
        snapshots = source;
        return this;
    }

    @Override
    public MeshSetup settings(List<Layer> layers) {
        collected = List.copyOf(layers);
        return this;
    }

    @Override
    public MeshSetup ignoreEnvironment() {
        ignoreEnvironment = true;
        return this;
    }

    @Override
    public MeshSetup closeOnShutdown() {
        closeOnShutdown = true;
        return this;
    }

    @Override
    public MeshSetup drainTimeout(Duration timeout) {
        return write("drain.timeout", timeout.toString());
    }

    @Override
    public MeshSetup drainPropagation(Duration propagation) {
        return write("drain.propagation", propagation.toString());
    }

    @Override
    public Mesh start() {
        Outside outside = ignoreEnvironment ? null : Outside.ofProcess();
        Settings.Outcome outcome = Settings.read(
                written, collected, outside, home(outside), snapshots == null, IdentitySupply.choice(given));
        Settings settings = outcome.settings();
        if (settings == null) {
            throw new MeshException.Configuration(outcome.problems());
        }
        Instance instance = Instance.of(settings, world);
        IdentitySupply identities = IdentitySupply.of(settings, given, world);
        ControlPlane controlPlane = snapshots == null
                ? XdsControlPlane.to(settings, instance, identities, world)
                : new HandWritten(snapshots);
        return new RunningMesh(this, settings, instance, controlPlane, identities, NameResolver.system())
                .begin(closeOnShutdown);
    }

    private static Path home(@Nullable Outside outside) {
        return outside == null ? Path.of(System.getProperty("user.home", "")) : outside.home();
    }
}
