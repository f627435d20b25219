package dev.weft.grpc.call;

import dev.weft.Mesh;
import dev.weft.engine.OutboundEngine;
import dev.weft.runtime.World;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;

/**
 * Makes the calls of one channel calls of the mesh. It is to run below the user's interceptors, so that they see one call whatever the
 * number of its attempts; below it is a channel that sends each attempt where {@link dev.weft.grpc.link.AttemptOption} says. Safe for use
 * from any thread.
 */
public final class MeshInterceptor implements ClientInterceptor {
    final OutboundEngine engine;
    final World world;
    final String authority;
    final ReplayMemory memory = new ReplayMemory();

    /** @param authority logical name that calls are routed by, as in {@code reviews:9080} */
    public MeshInterceptor(Mesh mesh, String authority) {
        engine = mesh.outbound();
        world = mesh.world();
        this.authority = authority;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new MeshCall<>(this, method, options, next);
    }
}
