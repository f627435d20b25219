package dev.weft.spring.server.grpc;

import dev.weft.Mesh;
import dev.weft.grpc.server.ServerGuard;
import dev.weft.spring.InboundProperties;
import io.grpc.ServerBuilder;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * Guards a server before it is built: not one in the same process, not one in a servlet, whose container is guarded, and not one that {@code
 * mesh.inbound.exclude-ports} names.
 */
record GuardedGrpcServers<T extends ServerBuilder<T>>(Mesh mesh, InboundProperties settings, Environment environment)
        implements ServerBuilderCustomizer<T> {
    private static final String PORT = "spring.grpc.server.port";
    private static final int USUAL_PORT = 9090;

    @Override
    public void customize(T builder) {
        if (onNetty(builder.getClass().getName())
                && !settings.excludes(environment.getProperty(PORT, Integer.class, USUAL_PORT))) {
            mesh.guard(builder);
            // Readiness of the application is what takes it out of the registry, as with its other servers.
            ServerGuard.healthElsewhere(builder);
        }
    }

    private static boolean onNetty(String type) {
        return type.startsWith("io.grpc.netty.");
    }
}
