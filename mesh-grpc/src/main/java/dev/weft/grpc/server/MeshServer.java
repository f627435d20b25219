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
 * Guarded servers for what {@link Mesh#guard} cannot do with a builder that exists: TLS of the mesh by a transport's own means. Such a port
 * takes no plaintext. For a Netty builder {@code mesh.guard(builder)} is the better way, which takes both.
 */
public final class MeshServer {
    private MeshServer() {}

    /**
     * A builder of whichever transport is on the class path, guarded, its port called {@code grpc}.
     *
     * @param port 0: any that is free
     */
    public static ServerBuilder<?> builder(Mesh mesh, int port) {
        return builder(mesh, port, PortNames.USUAL);
    }

    /**
     * The same under another of the service's port names.
     *
     * @param port 0: any that is free
     * @param name Istio's name of the port, as declared: {@code grpc-admin}
     */
    public static ServerBuilder<?> builder(Mesh mesh, int port, String name) {
        ServerBuilder<?> builder = Grpc.newServerBuilderForPort(port, credentials(mesh));
        ServerGuard.guard(mesh, builder, Encryption.MUTUAL_TLS, name);
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
