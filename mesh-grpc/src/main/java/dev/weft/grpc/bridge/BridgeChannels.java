package dev.weft.grpc.bridge;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ManagedChannelProvider;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leads grpc-xds from the address in its bootstrap to the bridge in this process. */
final class BridgeChannels extends ManagedChannelProvider {
    /** Never resolved: the scheme says by which provider the channel is made. */
    static final String SERVER_URI = "weft-xds:///mesh";

    /** Stays the same from bridge to bridge, so that clients of one find the next. Seen by users in errors when there is none. */
    static final String IN_PROCESS = "the mesh of MeshXdsBridge.install(mesh)";

    @Override
    protected boolean isAvailable() {
        return true;
    }

    /** The least: nobody else's targets may come here. */
    @Override
    protected int priority() {
        return 0;
    }

    @Override
    protected ManagedChannelBuilder<?> builderForAddress(String name, int port) {
        throw new UnsupportedOperationException(
                "no transport for addresses on the class path, only the mesh's bridge to grpc-xds");
    }

    @Override
    protected ManagedChannelBuilder<?> builderForTarget(String target) {
        throw new UnsupportedOperationException(
                "no transport for " + target + " on the class path, only the mesh's bridge to grpc-xds");
    }

    @Override
    protected NewChannelBuilderResult newChannelBuilder(String target, ChannelCredentials credentials) {
        return target.equals(SERVER_URI)
                ? NewChannelBuilderResult.channelBuilder(
                        InProcessChannelBuilder.forName(IN_PROCESS).intercept(new MeshsClock()))
                : NewChannelBuilderResult.error("the mesh's bridge to grpc-xds takes " + SERVER_URI + " only");
    }

    @Override
    protected Collection<Class<? extends SocketAddress>> getSupportedSocketAddressTypes() {
        return Set.of(InProcessSocketAddress.class);
    }

    /** Says for its scheme what kind of addresses there would be, by which gRPC chooses the provider of the channel. */
    static final class Names extends NameResolverProvider {
        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 0;
        }

        @Override
        public String getDefaultScheme() {
            return URI.create(SERVER_URI).getScheme();
        }

        @Override
        public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
            return null;
        }

        @Override
        public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
            return Set.of(InProcessSocketAddress.class);
        }
    }
}
