package dev.weft.grpc.netty;

import dev.weft.Mesh;
import dev.weft.config.Encryption;
import dev.weft.grpc.server.ServerGuard;
import io.grpc.internal.ObjectPool;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.NettyServerBuilder;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets server builders up. */
final class MeshServers {
    private static final Logger log = LoggerFactory.getLogger(MeshServers.class);

    private MeshServers() {}

    static NettyServerBuilder guard(Mesh mesh, Object given) {
        NettyServerBuilder builder = (NettyServerBuilder) given;
        BuilderSecurity security = BuilderSecurity.of(builder);
        if (security.factory() instanceof GuardNegotiators known) {
            known.sameMesh(mesh);
            return builder;
        }
        boolean own = encrypts(security);
        if (own) {
            log.warn(
                    "the server keeps the TLS that it has: it is not the mesh's, and a policy that demands mutual TLS closes its"
                            + " connections; leave sslContext() and TLS credentials away and the mesh does the TLS");
        }
        ServerGuard guard = ServerGuard.guard(mesh, builder, own ? Encryption.PLAINTEXT : Encryption.BOTH);
        security.replace(new GuardNegotiators(mesh, guard, security, own));
        return builder;
    }

    /** Without a pool of threads a negotiator holds nothing. */
    private static boolean encrypts(BuilderSecurity security) {
        InternalProtocolNegotiator.ProtocolNegotiator probe = security.newNegotiator((Object) null);
        try {
            return "https".contentEquals(probe.scheme());
        } finally {
            probe.close();
        }
    }

    /** In the place of the builder's own; it is asked when a server is built. */
    private static final class GuardNegotiators implements InternalProtocolNegotiator.ServerFactory {
        private final Mesh mesh;
        private final ServerGuard guard;
        private final BuilderSecurity security;
        private final boolean own;

        GuardNegotiators(Mesh mesh, ServerGuard guard, BuilderSecurity security, boolean own) {
            this.mesh = mesh;
            this.guard = guard;
            this.security = security;
            this.own = own;
        }

        void sameMesh(Mesh other) {
            if (mesh != other) {
                throw new IllegalStateException("the builder is guarded by another mesh, "
                        + mesh.workload().service());
            }
        }

        @Override
        public InternalProtocolNegotiator.ProtocolNegotiator newNegotiator(ObjectPool<? extends Executor> executors) {
            guard.building();
            return own
                    ? new OwnTlsNegotiator(guard.admission(), security.newNegotiator(executors))
                    : new GuardNegotiator(mesh, guard.admission());
        }
    }
}
