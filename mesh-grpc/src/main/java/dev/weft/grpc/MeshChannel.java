package dev.weft.grpc;

import dev.weft.Mesh;
import dev.weft.grpc.target.MeshTargets;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.Objects;

/**
 * Channels to services of the mesh, over the transport that is on the class path. A channel is the application's own: it is closed by who
 * made it, and not with the mesh.
 */
public final class MeshChannel {
    private MeshChannel() {}

    /**
     * A channel with gRPC's usual settings.
     *
     * @param service name of the mesh with an optional port: {@code reviews:9090}
     */
    public static ManagedChannel to(Mesh mesh, String service) {
        return builder(mesh, service).build();
    }

    /**
     * A builder for settings of one's own: interceptors, keep-alive, limits. What it is told about TLS counts for nothing: the mesh knows
     * how its hosts are encrypted.
     *
     * @param service name of the mesh with an optional port: {@code reviews:9090}
     * @throws IllegalArgumentException if {@code service} is no such name, or no transport on the class path can be wrapped
     */
    public static ManagedChannelBuilder<?> builder(Mesh mesh, String service) {
        return MeshTargets.builder(Objects.requireNonNull(mesh, "mesh"), Objects.requireNonNull(service, "service"));
    }
}
