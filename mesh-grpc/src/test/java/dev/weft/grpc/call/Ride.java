package dev.weft.grpc.call;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.engine.Attempt;
import dev.weft.grpc.link.AttemptOption;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A mesh and a channel on it that has one plain channel per host below. */
final class Ride implements AutoCloseable {
    final RecordingObserver observer = new RecordingObserver();
    final Mesh mesh;
    final Channel channel;
    final MeshInterceptor interceptor;
    final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "call-executor");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<String, ManagedChannel> hosts = new ConcurrentHashMap<>();

    Ride(MeshSnapshot snapshot) {
        this(snapshot, World.system(), null);
    }

    /** @param hosts below the mesh, instead of real ones */
    Ride(MeshSnapshot snapshot, Channel hosts) {
        this(snapshot, World.system(), hosts);
    }

    Ride(MeshSnapshot snapshot, World world, @Nullable Channel below) {
        mesh = Mesh.builder()
                .service("test")
                .ignoreEnvironment()
                .observer(observer)
                .meterRegistry(new SimpleMeterRegistry())
                .trust(Trust.none())
                .world(world)
                .snapshots(SnapshotSource.of(snapshot))
                .start();
        interceptor = new MeshInterceptor(mesh, "reviews:9080");
        channel = ClientInterceptors.intercept(below == null ? new ByHost() : below, interceptor);
    }

    /** As a channel would give them. */
    CallOptions options() {
        return CallOptions.DEFAULT.withExecutor(executor);
    }

    /** The one call, when it is in the books. */
    MeshObserver.CallSummary call() {
        Eventually.is("the call is in the books", () -> observer.calls.size() == 1);
        return observer.calls.get(0);
    }

    /** These, in any order: an attempt's end may be told while the next one is on its way. */
    void attemptsWere(String... expected) {
        List<String> sorted = List.of(expected).stream().sorted().toList();
        Eventually.is(
                "attempts " + sorted,
                () -> observer.attempts.stream().sorted().toList().equals(sorted));
    }

    @Override
    public void close() {
        Eventually.is("calls are over", () -> mesh.outbound().active() == 0);
        mesh.close();
        hosts.values().forEach(ManagedChannel::shutdownNow);
        executor.shutdownNow();
    }

    private final class ByHost extends Channel {
        private final FakeHosts holds = new FakeHosts();

        @Override
        public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
            Attempt attempt = options.getOption(AttemptOption.KEY);
            if (attempt == null) {
                // What holds the channel waits there.
                return holds.newCall(method, options);
            }
            String address = attempt.host().address();
            int colon = address.lastIndexOf(':');
            return hosts.computeIfAbsent(
                            address,
                            at -> NettyChannelBuilder.forAddress(
                                            at.substring(0, colon), Integer.parseInt(at.substring(colon + 1)))
                                    .overrideAuthority("reviews:9080")
                                    .usePlaintext()
                                    .disableRetry()
                                    .build())
                    .newCall(method, options);
        }

        @Override
        public String authority() {
            return "reviews:9080";
        }
    }
}
