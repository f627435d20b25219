package dev.weft.http.transport;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.http.MeshHttpClient;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Leaks;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.World;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A mesh with a client, and a transport whose insides a test may look at. */
final class Station implements AutoCloseable {
    static {
        Leaks.watch();
    }

    final RecordingObserver observer = new RecordingObserver();
    final HttpTransport transport;
    final MeshHttpClient client;
    private final Mesh mesh;

    Station(MeshSnapshot snapshot) {
        this(snapshot, World.system(), null);
    }

    Station(MeshSnapshot snapshot, World world, @Nullable TrustManagerFactory trust) {
        this(SnapshotSource.of(snapshot), world, trust);
    }

    Station(SnapshotSource source, World world, @Nullable TrustManagerFactory trust) {
        this(source, world, trust, null);
    }

    /** Of a process with an identity. */
    static Station of(MeshSnapshot snapshot, World world, IdentitySource identity) {
        return new Station(SnapshotSource.of(snapshot), world, null, identity);
    }

    Station(
            SnapshotSource source,
            World world,
            @Nullable TrustManagerFactory trust,
            @Nullable IdentitySource identity) {
        mesh = Mesh.builder()
                .service("test")
                .ignoreEnvironment()
                .world(world)
                .observer(observer)
                .snapshots(source)
                .trust(identity == null ? Trust.none() : Trust.of(identity))
                .start();
        transport = mesh.shared(HttpTransport.class, m -> new HttpTransport(world, m.identity(), trust));
        client = MeshHttpClient.of(mesh);
    }

    @Override
    public void close() {
        mesh.close();
        Eventually.is("no connection is left", () -> transport.connections() == 0);
        Leaks.none();
    }
}
