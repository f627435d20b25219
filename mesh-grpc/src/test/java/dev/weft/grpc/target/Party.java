package dev.weft.grpc.target;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.HeaderOps;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.VirtualHost;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One mesh, its channels and servers. */
final class Party implements AutoCloseable {
    final RecordingObserver observer = new RecordingObserver();
    final StaticSource source;
    final Mesh mesh;
    private final List<AutoCloseable> things = new ArrayList<>();

    private final List<EchoServer> servers = new ArrayList<>();

    Party(MeshSnapshot snapshot) {
        this(SnapshotSource.of(snapshot));
    }

    Party(SnapshotSource from) {
        source = from instanceof StaticSource set ? set : SnapshotSource.of(nothing());
        mesh = Mesh.builder()
                .service("test")
                .ignoreEnvironment()
                .observer(observer)
                .meterRegistry(new SimpleMeterRegistry())
                .trust(Trust.none())
                .snapshots(from)
                .start();
    }

    /** The service {@code reviews:9080} is there. */
    static Party with(EchoServer... servers) {
        Party party = new Party(reviews(servers));
        party.things.addAll(List.of(servers));
        party.servers.addAll(List.of(servers));
        return party;
    }

    List<EchoServer> servers() {
        return servers;
    }

    /** No service at all; whoever is not known may pass. */
    static MeshSnapshot nothing() {
        return new MeshSnapshot(
                "test", Map.of(0, List.of(VirtualHost.allowAny())), Map.of(), Map.of(), MeshSnapshot.Source.STATIC, 0);
    }

    /** {@code reviews:9080} at a port of this machine. */
    static MeshSnapshot at(int port) {
        return Snapshots.reviews().at(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** The same service under another name. */
    static MeshSnapshot named(String name, int port, EchoServer... servers) {
        MeshSnapshot reviews = reviews(servers);
        VirtualHost host = reviews.ports().get(9080).get(0);
        VirtualHost renamed = new VirtualHost(
                name + ":" + port, List.of(name), host.routes(), true, HeaderOps.NONE, HeaderOps.NONE, true);
        return new MeshSnapshot(
                "test",
                Map.of(port, List.of(renamed), 0, List.of(VirtualHost.allowAny())),
                reviews.clusters(),
                reviews.endpoints(),
                MeshSnapshot.Source.STATIC,
                0);
    }

    static MeshSnapshot reviews(EchoServer... servers) {
        return Snapshots.reviews()
                .at(List.of(servers).stream().map(EchoServer::address).toArray(InetSocketAddress[]::new));
    }

    /** A wrapped builder that would use no TLS by itself. */
    NettyChannelBuilder builder(String target) {
        return MeshTargets.meshed(mesh, NettyChannelBuilder.forTarget(target).usePlaintext(), null);
    }

    ManagedChannel channel(String target) {
        return channel(builder(target));
    }

    ManagedChannel channel(ManagedChannelBuilder<?> builder) {
        ManagedChannel channel = builder.build();
        things.add(channel::shutdownNow);
        return channel;
    }

    <T extends AutoCloseable> T keep(T thing) {
        things.add(thing);
        return thing;
    }

    static String call(Channel channel) {
        return call(channel, CallOptions.DEFAULT);
    }

    /** The answer, or the status that came instead. */
    static String call(Channel channel, CallOptions options) {
        try {
            return ClientCalls.blockingUnaryCall(
                    channel, EchoServer.ECHO, options.withDeadlineAfter(20, TimeUnit.SECONDS), "hello");
        } catch (StatusRuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static Future<String> begin(Channel channel) {
        return ClientCalls.futureUnaryCall(channel.newCall(EchoServer.ECHO, CallOptions.DEFAULT), "hello");
    }

    /** Other threads bring about that calls are answered like this. */
    static void soon(Channel channel, String answer) {
        Eventually.is("calls are answered: " + answer, () -> call(channel).contains(answer));
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable thing : things) {
            thing.close();
        }
        mesh.close();
    }
}
