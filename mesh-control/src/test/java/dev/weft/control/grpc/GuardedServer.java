package dev.weft.control.grpc;

import dev.weft.Mesh;
import dev.weft.config.Encryption;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A server that a mesh tells whom to serve.
 *
 * @param policyPort its port, as policies call it
 */
record GuardedServer(Server server, int policyPort) {

    /** How one is started. */
    interface Starter {

        /**
         * @param mesh of the server's process; the server joins the registry with it as port 8080
         * @param connections what it is going to take, for the registry, if it cannot see that itself
         */
        GuardedServer start(Mesh mesh, ServerServiceDefinition service, Encryption connections) throws Exception;
    }

    /** Weft's, which takes both kinds of connections unless a policy says otherwise. */
    static final Starter WEFT = (mesh, service, connections) -> new GuardedServer(
            mesh.guard(NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                    .addService(service)
                    .build()
                    .start(),
            Words.PORT);
}
