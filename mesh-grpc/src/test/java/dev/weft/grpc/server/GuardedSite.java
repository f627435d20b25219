package dev.weft.grpc.server;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.telemetry.MeshObserver.InboundSummary;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A guarded server in plaintext, and an ordinary client of it. */
final class GuardedSite implements AutoCloseable {
    final RecordingObserver observer = new RecordingObserver();
    final Handlers handlers = new Handlers();
    final StaticSource rules;
    final Mesh mesh;
    ServerBuilder<?> builder =
            NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private @Nullable Server server;
    private @Nullable ManagedChannel channel;

    GuardedSite(MeshSnapshot snapshot) {
        rules = SnapshotSource.of(snapshot);
        mesh = Mesh.builder()
                .service("reviews")
                .port("grpc", 9090)
                .ignoreEnvironment()
                .observer(observer)
                .trust(Trust.none())
                .snapshots(rules)
                .start();
        handlers.services().forEach(builder::addService);
    }

    GuardedSite start() throws IOException {
        server = builder.build().start();
        channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
                .overrideAuthority("reviews:9090")
                .usePlaintext()
                .build();
        return this;
    }

    GuardedSite guarded() throws IOException {
        ServerGuard.guard(mesh, builder);
        return start();
    }

    Server server() {
        return java.util.Objects.requireNonNull(server);
    }

    ManagedChannel channel() {
        return java.util.Objects.requireNonNull(channel);
    }

    Ended call(MethodDescriptor<String, String> method, String message, String... metadata) {
        return begin(method, CallOptions.DEFAULT, metadata).send(message).end().ended();
    }

    Open begin(MethodDescriptor<String, String> method, CallOptions options, String... metadata) {
        Metadata headers = new Metadata();
        for (int i = 0; i < metadata.length; i += 2) {
            headers.put(Metadata.Key.of(metadata[i], Metadata.ASCII_STRING_MARSHALLER), metadata[i + 1]);
        }
        return begin(method, options, headers);
    }

    Open begin(MethodDescriptor<String, String> method, CallOptions options, Metadata headers) {
        Open open = new Open(channel().newCall(method, options));
        open.start(headers);
        return open;
    }

    /** The one report there must be by now, or soon. */
    InboundSummary report() {
        Eventually.is("a report", () -> !observer.inbound.isEmpty());
        InboundSummary report = observer.inbound.get(0);
        Eventually.is("no call", () -> mesh.inbound().active() == 0);
        if (observer.inbound.size() != 1) {
            throw new AssertionError("reported " + observer.inbound);
        }
        observer.inbound.clear();
        return report;
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.shutdownNow();
        }
        if (server != null) {
            server.shutdownNow();
        }
        mesh.close();
    }

    /** How a call ended for its caller. */
    record Ended(Status status, Metadata trailers, @Nullable String message) {
        Status.Code code() {
            return status.getCode();
        }

        @Nullable
        String trailer(String name) {
            return trailers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        }
    }

    /** A call that may go on. */
    static final class Open extends ClientCall.Listener<String> {
        private final ClientCall<String, String> call;
        private final CompletableFuture<Ended> ended = new CompletableFuture<>();
        private volatile @Nullable String received;
        private volatile Metadata headers = new Metadata();

        Open(ClientCall<String, String> call) {
            this.call = call;
        }

        void start(Metadata headers) {
            call.start(this, headers);
            call.request(2);
        }

        Open send(String message) {
            call.sendMessage(message);
            return this;
        }

        Open end() {
            call.halfClose();
            return this;
        }

        void cancel() {
            call.cancel("as the test wants", null);
        }

        Ended ended() {
            return ended.orTimeout(30, TimeUnit.SECONDS).join();
        }

        /** Whether the transport wants more. */
        boolean isReady() {
            return call.isReady();
        }

        /** Of the answer, as far as they have come. */
        Metadata headers() {
            return headers;
        }

        @Override
        public void onHeaders(Metadata received) {
            headers = received;
        }

        @Override
        public void onMessage(String message) {
            received = message;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            ended.complete(new Ended(status, trailers, received));
        }
    }
}
