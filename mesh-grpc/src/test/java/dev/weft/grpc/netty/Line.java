package dev.weft.grpc.netty;

import dev.weft.Mesh;
import dev.weft.config.UpstreamTls;
import dev.weft.grpc.link.LinkSecurity;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.EquivalentAddressGroup;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.NameResolver;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.netty.NettyChannelBuilder;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A channel to one server, and its calls. */
final class Line implements AutoCloseable {
    private final ManagedChannel channel;
    private final CallOptions options;

    private Line(ManagedChannel channel, CallOptions options) {
        this.channel = channel;
        this.options = options;
    }

    /** Whatever the channel makes of its name. */
    static Line of(NettyChannelBuilder builder) {
        return new Line(builder.build(), CallOptions.DEFAULT);
    }

    /** To a host of the mesh. */
    static Line toMesh(Mesh mesh, NettyChannelBuilder builder, Server server, UpstreamTls tls, String serverName) {
        return to(
                mesh,
                builder,
                server,
                Attributes.newBuilder()
                        .set(LinkSecurity.KEY, new LinkSecurity(mesh, tls, serverName, 1))
                        .build());
    }

    /** To a host of the mesh, with TLS of the mesh. */
    static Line toMesh(Mesh mesh, Server server, UpstreamTls tls) {
        return toMesh(mesh, builder(), server, tls, tls.sni());
    }

    /** To a host outside of the mesh. */
    static Line outside(Mesh mesh, NettyChannelBuilder builder, Server server) {
        return to(mesh, builder, server, Attributes.EMPTY);
    }

    static NettyChannelBuilder builder() {
        return NettyChannelBuilder.forTarget("fixed:///party");
    }

    @SuppressWarnings("deprecation")
    private static Line to(Mesh mesh, NettyChannelBuilder builder, Server server, Attributes attributes) {
        SocketAddress address = server.getListenSockets().get(0);
        return new Line(
                MeshChannels.wrap(mesh, builder)
                        .nameResolverFactory(new Fixed(new EquivalentAddressGroup(address, attributes)))
                        .build(),
                CallOptions.DEFAULT.withAuthority("another.name:1"));
    }

    Talk begin() {
        return new Talk(channel.newCall(Party.WHO, options));
    }

    /** A call of one message: its answer, or the status that it ended with. */
    String ask() throws InterruptedException {
        try (Talk talk = begin()) {
            return talk.ask();
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** A call that is under way. */
    static final class Talk extends ClientCall.Listener<String> implements AutoCloseable {
        private final ClientCall<String, String> call;
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        /** Written before what is put into the queue, read after what is taken. */
        private volatile Status end = Status.OK;

        Talk(ClientCall<String, String> call) {
            this.call = call;
            call.start(this, new Metadata());
            call.request(100);
        }

        String ask() throws InterruptedException {
            call.sendMessage("who am I?");
            return hear();
        }

        String hear() throws InterruptedException {
            String word = heard.poll(20, TimeUnit.SECONDS);
            return word == null ? "nothing" : word;
        }

        Status end() {
            return end;
        }

        @Override
        public void onMessage(String message) {
            heard.add(message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            end = status;
            heard.add(status.getCode() + " " + status.getDescription() + " " + status.getCause());
        }

        @Override
        public void close() {
            call.cancel("over", null);
        }
    }

    private static final class Fixed extends NameResolver.Factory {
        private final EquivalentAddressGroup address;

        Fixed(EquivalentAddressGroup address) {
            this.address = address;
        }

        @Override
        public NameResolver newNameResolver(URI target, NameResolver.Args args) {
            return new NameResolver() {
                @Override
                public String getServiceAuthority() {
                    return "party";
                }

                @Override
                public void start(Listener2 listener) {
                    listener.onResult(ResolutionResult.newBuilder()
                            .setAddressesOrError(StatusOr.fromValue(List.of(address)))
                            .build());
                }

                @Override
                public void shutdown() {}
            };
        }

        @Override
        public String getDefaultScheme() {
            return "fixed";
        }
    }
}
