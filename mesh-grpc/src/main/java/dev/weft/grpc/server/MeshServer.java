package dev.weft.grpc.server;

import dev.weft.Mesh;
import dev.weft.config.Encryption;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTrust;
import io.grpc.Grpc;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;

/**
 * Guarded servers where {@link Mesh#guard} does not suffice: ports of other names, and TLS of the mesh by a transport's own means. For a
 * Netty builder {@code mesh.guard(builder)} is the better way, which takes both TLS and plaintext.
 */
public final class MeshServer {
    private MeshServer() {}

    /**
     * {@link Mesh#guard} for a port that is not called {@code grpc}.
     *
     * @param name Istio's name of the port, as declared: {@code grpc-admin}
     * @return the builder
     */
    public static <B extends ServerBuilder<?>> B guard(Mesh mesh, B builder, String name) {
        B guarded = mesh.guard(builder);
        ServerGuard.name(guarded, name);
        return guarded;
    }

    /**
     * A guarded builder of whichever transport is on the class path, whose port takes TLS of the mesh only.
     *
     * @param port 0: any that is free
     */
    public static ServerBuilder<?> builder(Mesh mesh, int port) {
        ServerBuilder<?> builder = Grpc.newServerBuilderForPort(port, credentials(mesh));
        ServerGuard.guard(mesh, builder, Encryption.MUTUAL_TLS);
        return builder;
    }

    /**
     * TLS with the mesh's identity of the moment, a certificate of the mesh demanded of callers. By itself this guards nothing: {@link
     * #builder} does.
     */
    public static ServerCredentials credentials(Mesh mesh) {
        var ticker = mesh.world().ticker();
        return TlsServerCredentials.newBuilder()
                .keyManager(MeshKeys.of(mesh.identity(), ticker))
                .trustManager(MeshTrust.forPeers(mesh.identity(), AllowedPeers.any(), ticker))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }
}
