package dev.weft.grpc.call;

import dev.weft.Mesh;
import dev.weft.engine.Abilities;
import dev.weft.engine.OutboundEngine;
import dev.weft.grpc.link.MeshTarget;
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
    final MeshTarget target;
    final Abilities abilities;
    final ReplayMemory memory = new ReplayMemory();
    final Waiting waiting = new Waiting();

    public MeshInterceptor(MeshTarget target) {
        this.target = target;
        engine = target.mesh().outbound();
        world = target.mesh().world();
        abilities = new Abilities(true, true, true, false, target.encrypts());
    }

    /** Of a channel whose transport encrypts as the mesh says. */
    public MeshInterceptor(Mesh mesh, String authority) {
        this(new MeshTarget(mesh, authority, false, true));
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new MeshCall<>(this, method, options, next);
    }
}
