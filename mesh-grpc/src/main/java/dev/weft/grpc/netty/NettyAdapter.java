package dev.weft.grpc.netty;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import org.jspecify.annotations.Nullable;

/** Wraps and guards builders of grpc-netty. Found by {@link java.util.ServiceLoader}, also where there is no grpc-netty. */
public final class NettyAdapter implements MeshAdapter {
    private static final String CHANNEL = "io.grpc.netty.NettyChannelBuilder";
    private static final String SERVER = "io.grpc.netty.NettyServerBuilder";

    /** For the service loader. */
    public NettyAdapter() {}

    @Override
    public String name() {
        return "builders of grpc-netty";
    }

    // By name, and both types are final: to touch them would need the library.

    @Override
    public @Nullable Object wrap(Mesh mesh, Object client) {
        return client.getClass().getName().equals(CHANNEL) ? MeshChannels.wrap(mesh, client) : null;
    }

    @Override
    public @Nullable Object guard(Mesh mesh, Object server) {
        return server.getClass().getName().equals(SERVER) ? MeshServers.guard(mesh, server) : null;
    }
}
