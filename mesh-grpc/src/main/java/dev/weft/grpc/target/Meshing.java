package dev.weft.grpc.target;

import dev.weft.Mesh;
import dev.weft.grpc.link.LinkTls;
import dev.weft.grpc.link.MeshTarget;
import io.grpc.NameResolver;
import org.jspecify.annotations.Nullable;

/**
 * What a wrapped builder tells the resolvers of its channels.
 *
 * @param tls null: the transport cannot be told how to encrypt
 */
record Meshing(Mesh mesh, @Nullable LinkTls tls) {
    static final NameResolver.Args.Key<Meshing> KEY = NameResolver.Args.Key.create("weft-mesh");

    MeshTarget target(String authority, boolean demandsTls) {
        return new MeshTarget(mesh, authority, demandsTls, tls != null);
    }
}
