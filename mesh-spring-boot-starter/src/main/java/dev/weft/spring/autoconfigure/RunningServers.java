package dev.weft.spring.autoconfigure;

import dev.weft.Mesh;
import dev.weft.spring.server.MeshTls;
import dev.weft.spring.server.ServingPorts;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * A web server that has started is a port of the service, under the name {@code http}: the port callers write is {@code
 * mesh.ports.http}, or else the one it is bound to, also a random one. The management server is none.
 */
final class RunningServers implements ApplicationListener<WebServerInitializedEvent> {
    private final Mesh mesh;
    private final Readiness readiness;
    private final ApplicationContext own;

    RunningServers(Mesh mesh, Readiness readiness, ApplicationContext own) {
        this.mesh = mesh;
        this.readiness = readiness;
        this.own = own;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        WebServer server = event.getWebServer();
        if (ServerContexts.ofManagement(event.getApplicationContext()) || server.getPort() <= 0) {
            return;
        }
        if (event.getApplicationContext() != own) {
            // The parent, where the mesh is, has accepted traffic already; the child's word comes when it has started.
            readiness.starting();
        }
        boolean guarded =
                event.getApplicationContext().getBeanProvider(MeshTls.class).getIfAvailable() != null;
        ServingPorts.listening(mesh, server, guarded);
    }
}
