package dev.weft.grpc.server;

import dev.weft.Mesh;
import dev.weft.MeshAdapter;
import io.grpc.ServerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Guards server builders of transports that have no adapter of their own: calls are judged, the connections are plaintext to the mesh. Found by
 * {@link java.util.ServiceLoader}.
 */
public final class ServerAdapter implements MeshAdapter {
    private static final String NETTY = "NettyServerBuilder";

    /** For the service loader. */
    public ServerAdapter() {}

    @Override
    public String name() {
        return "gRPC ServerBuilder";
    }

    @Override
    public @Nullable Object guard(Mesh mesh, Object server) {
        if (!(server instanceof ServerBuilder<?> builder)
                || server.getClass().getSimpleName().equals(NETTY)) {
            return null;
        }
        ServerGuard.guard(mesh, builder);
        return server;
    }
}
