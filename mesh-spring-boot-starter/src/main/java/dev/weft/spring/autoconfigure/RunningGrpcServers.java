package dev.weft.spring.autoconfigure;

import dev.weft.Mesh;
import dev.weft.config.Encryption;
import dev.weft.grpc.server.ServerGuard;
import io.grpc.Server;
import io.grpc.protobuf.services.HealthStatusManager;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.springframework.grpc.server.lifecycle.GrpcServerShutdownEvent;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/**
 * A gRPC server that has started is a port of the service, under the name {@code grpc}: the port callers write is {@code mesh.ports.grpc}, or
 * else the one it is bound to. Spring stops it before everything else of a context, so that leaving the registry comes here.
 */
final class RunningGrpcServers {
    private final Mesh mesh;
    private final ApplicationContext own;
    private final LeavingFirst leaving;
    private final ObjectProvider<HealthStatusManager> health;

    RunningGrpcServers(
            Mesh mesh, ApplicationContext own, LeavingFirst leaving, ObjectProvider<HealthStatusManager> health) {
        this.mesh = mesh;
        this.own = own;
        this.leaving = leaving;
        this.health = health;
    }

    @EventListener
    void started(GrpcServerStartedEvent event) {
        Server server = event.getServer();
        if (!isOwn(event.getSource()) || ServerGuard.started(server)) {
            return;
        }
        for (SocketAddress address : server.getListenSockets()) {
            if (address instanceof InetSocketAddress bound) {
                mesh.listening("grpc", "grpc", 0, bound, Encryption.PLAINTEXT);
            }
        }
    }

    /** Before the server refuses a call: who asks for its health is told, then the mesh. */
    @EventListener
    void stopping(GrpcServerShutdownEvent event) {
        if (isOwn(event.getSource())) {
            health.ifAvailable(HealthStatusManager::enterTerminalState);
            leaving.leave();
        }
    }

    /** Events of child contexts come to their parents too. */
    private boolean isOwn(GrpcServerLifecycle server) {
        for (String name : own.getBeanNamesForType(GrpcServerLifecycle.class, true, false)) {
            if (own.getBean(name) == server) {
                return true;
            }
        }
        return false;
    }
}
