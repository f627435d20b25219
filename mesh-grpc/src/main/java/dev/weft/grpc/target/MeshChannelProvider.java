package dev.weft.grpc.target;

import dev.weft.Mesh;
import io.grpc.ChannelCredentials;
import io.grpc.InternalManagedChannelProvider;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ManagedChannelProvider;
import io.grpc.ManagedChannelRegistry;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.List;

/**
 * Lets {@code Grpc.newChannelBuilder("mesh:///reviews:9090", credentials)} and {@code ManagedChannelBuilder.forTarget} give builders that
 * are wrapped with the global mesh. Every other target goes to the transport that would have had it.
 */
public final class MeshChannelProvider extends ManagedChannelProvider {

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return 10;
    }

    @Override
    protected Collection<Class<? extends SocketAddress>> getSupportedSocketAddressTypes() {
        return List.of(InetSocketAddress.class);
    }

    @Override
    protected ManagedChannelBuilder<?> builderForAddress(String name, int port) {
        return InternalManagedChannelProvider.builderForAddress(behind(), name, port);
    }

    @Override
    protected ManagedChannelBuilder<?> builderForTarget(String target) {
        ManagedChannelBuilder<?> builder = InternalManagedChannelProvider.builderForTarget(behind(), target);
        return TargetNames.isMesh(target) ? wrapped(builder) : builder;
    }

    @Override
    protected NewChannelBuilderResult newChannelBuilder(String target, ChannelCredentials credentials) {
        if (!TargetNames.isMesh(target)) {
            return NewChannelBuilderResult.error("only for targets of the mesh");
        }
        NewChannelBuilderResult made = InternalManagedChannelProvider.newChannelBuilder(behind(), target, credentials);
        ManagedChannelBuilder<?> builder = made.getChannelBuilder();
        return builder == null ? made : NewChannelBuilderResult.channelBuilder(wrapped(builder));
    }

    /** Without a global mesh it stays as it is, and its calls say what is missing. */
    private static ManagedChannelBuilder<?> wrapped(ManagedChannelBuilder<?> builder) {
        return Mesh.global()
                .<ManagedChannelBuilder<?>>map(mesh -> mesh.wrap(builder))
                .orElse(builder);
    }

    /** A builder of the transport that gRPC prefers, for a target of the mesh, not wrapped yet. */
    static ManagedChannelBuilder<?> ofTransport(String target) {
        ManagedChannelProvider first = provider();
        return InternalManagedChannelProvider.builderForTarget(
                first instanceof MeshChannelProvider mesh ? mesh.behind() : first, target);
    }

    /**
     * Who would be asked if this provider were not there.
     *
     * @throws ProviderNotFoundException if nobody would
     */
    private ManagedChannelProvider behind() {
        ManagedChannelRegistry registry = ManagedChannelRegistry.getDefaultRegistry();
        // Its methods exclude each other by this lock, so that nobody sees it without this provider.
        synchronized (registry) {
            registry.deregister(this);
            try {
                return provider();
            } finally {
                registry.register(this);
            }
        }
    }
}
