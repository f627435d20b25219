package dev.weft.grpc.link;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.UpstreamTls;
import dev.weft.http.kit.Snapshots;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy on a channel that a test plays, and certificates that it replaces. */
final class LinkBench implements AutoCloseable {
    final ManualWorld world = World.manual();
    final StaticSource source = SnapshotSource.of(snapshot());
    final Mesh mesh = Mesh.builder()
            .service("test")
            .ignoreEnvironment()
            .meterRegistry(new SimpleMeterRegistry())
            .trust(Trust.none())
            .world(world.world())
            .snapshots(source)
            .start();
    final Certificates certificates = new Certificates();
    final FakeChannel channel =
            new FakeChannel(TakenName.of(new MeshTarget(mesh, "reviews:9080", false, true), certificates));

    private static MeshSnapshot snapshot() {
        return Snapshots.reviews().at(new InetSocketAddress("127.0.0.1", 1));
    }

    /** New configuration, whatever is in it; the channel has heard of it when this returns. */
    void configured() {
        source.set(snapshot());
        channel.runOffloaded();
    }

    FakeAttempt attempt(dev.weft.upstream.Host host) {
        return attempt(host, null);
    }

    /** Picked for at once. */
    FakeAttempt attempt(dev.weft.upstream.Host host, @Nullable UpstreamTls tls) {
        FakeAttempt attempt = new FakeAttempt(host, tls);
        channel.pick(attempt);
        return attempt;
    }

    FakeChannel.FakeSubchannel subchannel(int number) {
        return channel.subchannels.get(number);
    }

    @Nullable
    LinkFailedException failure(FakeAttempt attempt) {
        return channel.went.get(attempt) instanceof Status status
                        && status.getCause() instanceof LinkFailedException failure
                ? failure
                : null;
    }

    @Override
    public void close() {
        mesh.close();
    }

    static final class Certificates implements LinkTls {
        final List<Runnable> listeners = new ArrayList<>();
        long epoch = 1;

        void renewed() {
            epoch++;
            List.copyOf(listeners).forEach(Runnable::run);
        }

        @Override
        public long epoch(@Nullable UpstreamTls tls) {
            return tls == null ? 0 : epoch;
        }

        @Override
        public Runnable onChange(Runnable listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }
}
