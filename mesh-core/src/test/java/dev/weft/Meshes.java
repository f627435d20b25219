package dev.weft;

import dev.weft.config.ConfigProblem;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.Snapshots;
import dev.weft.config.VirtualHost;
import dev.weft.dns.NameResolver;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import dev.weft.settings.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A mesh with a control plane that a test plays. */
final class Meshes {
    static final MeshSnapshot REVIEWS = Snapshots.empty()
            .host(0, VirtualHost.allowAny())
            .service("reviews", 9080, "10.0.0.1:80")
            .snapshot();

    final ManualWorld world = World.manual();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Played controlPlane = new Played();
    final MeshSetup setup = new MeshSetup();

    /** What the application looks after itself; null: nothing. */
    @Nullable
    IdentitySource identity;

    Meshes() {
        setup.service("productpage")
                .world(world.world())
                .meterRegistry(registry)
                .ignoreEnvironment();
        setup.adapters = new Adapters(List.of(new Greeting()));
    }

    RunningMesh start() {
        return start(name -> {
            throw new UnknownHostException(name);
        });
    }

    RunningMesh start(NameResolver resolver) {
        Settings settings = Objects.requireNonNull(Settings.read(
                        new LinkedHashMap<>(setup.written),
                        null,
                        null,
                        Path.of("nowhere"),
                        true,
                        IdentitySupply.choice(identity))
                .settings());
        return new RunningMesh(
                        setup,
                        settings,
                        new Instance("productpage-1", "10.9.9.9"),
                        controlPlane,
                        IdentitySupply.of(settings, identity, world.world()),
                        resolver)
                .begin(false);
    }

    /** The same snapshot as if it came from elsewhere. */
    static MeshSnapshot from(MeshSnapshot.Source source, long acceptedMillis) {
        return new MeshSnapshot(
                "4711", REVIEWS.ports(), REVIEWS.clusters(), REVIEWS.endpoints(), source, acceptedMillis);
    }

    /** Greets instead of calling. */
    static final class Greeting implements MeshAdapter {
        int wrapped;

        @Override
        public String name() {
            return "Greeter";
        }

        @Override
        public @Nullable Object wrap(Mesh mesh, Object client) {
            if (!(client instanceof StringBuilder)) {
                return null;
            }
            wrapped++;
            return new StringBuilder("meshed ").append(client);
        }

        @Override
        public @Nullable Object guard(Mesh mesh, Object server) {
            return server instanceof StringBuffer ? server : null;
        }
    }

    /** Says what it is told to say and notes what it hears. */
    static final class Played implements ControlPlane {
        final List<String> heard = new CopyOnWriteArrayList<>();
        final CompletableFuture<Void> goodbye = new CompletableFuture<>();
        private final List<Runnable> watchers = new ArrayList<>();
        private volatile Status status =
                new Status(false, "localhost:15010", "connection refused (4 tries)", 0, List.of());
        private @Nullable Consumer<MeshSnapshot> listener;

        void deliver(MeshSnapshot snapshot) {
            Objects.requireNonNull(listener).accept(snapshot);
        }

        void connected(long acceptedMillis, ConfigProblem... rejected) {
            become(new Status(true, "localhost:15010", "", acceptedMillis, List.of(rejected)));
        }

        void lost(long acceptedMillis) {
            become(new Status(false, "localhost:15010", "stream closed (1 try)", acceptedMillis, List.of()));
        }

        private void become(Status next) {
            status = next;
            watchers.forEach(Runnable::run);
        }

        @Override
        public void subscribe(Consumer<MeshSnapshot> newListener) {
            listener = newListener;
        }

        @Override
        public void request(VirtualHost host) {
            heard.add("request " + host.name());
        }

        @Override
        public Status status() {
            return status;
        }

        @Override
        public void onStatus(Runnable watcher) {
            watchers.add(watcher);
        }

        @Override
        public boolean registers() {
            return true;
        }

        @Override
        public void announce(List<BoundPort> ports) {
            for (BoundPort port : ports) {
                heard.add("announce " + port.name() + " " + port.servicePort() + " at " + port.address() + ":"
                        + port.port());
            }
        }

        @Override
        public void health(@Nullable String down) {
            heard.add(down == null ? "up" : "down: " + down);
        }

        @Override
        public CompletionStage<Void> goodbye() {
            heard.add("goodbye");
            return goodbye;
        }

        @Override
        public void close() {
            heard.add("close");
        }
    }
}
