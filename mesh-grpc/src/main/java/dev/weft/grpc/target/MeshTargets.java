package dev.weft.grpc.target;

import dev.weft.Mesh;
import dev.weft.grpc.link.LinkTls;
import io.grpc.ManagedChannelBuilder;
import org.jspecify.annotations.Nullable;

/** Makes builders whose channels ask the mesh first. For adapters of transports; applications write {@code mesh.wrap(builder)}. */
public final class MeshTargets {
    private MeshTargets() {}

    /**
     * Makes the channels of a builder send calls to names of the mesh through the mesh; other names reach the resolvers that the builder
     * had. Does nothing to a builder for a socket address, which has no name. Twice is harmless.
     *
     * @param tls what the builder's negotiator encrypts with where an address bears a {@link dev.weft.grpc.link.LinkSecurity}; null: it
     *     does not look, and hosts that need TLS are refused
     * @return the same builder
     */
    public static <B extends ManagedChannelBuilder<?>> B meshed(Mesh mesh, B builder, @Nullable LinkTls tls) {
        builder.setNameResolverArg(Meshing.KEY, new Meshing(mesh, tls));
        return builder;
    }
}
