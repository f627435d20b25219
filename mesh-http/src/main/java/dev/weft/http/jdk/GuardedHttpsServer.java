package dev.weft.http.jdk;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.weft.Mesh;
import dev.weft.config.Encryption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TLS server whose contexts pass the mesh. It shows the mesh's certificate and demands one of the mesh's, unless the application has
 * configured TLS of its own before it was guarded.
 */
final class GuardedHttpsServer extends HttpsServer {
    private static final Logger log = LoggerFactory.getLogger(GuardedHttpsServer.class);

    private final HttpsServer server;
    private final Guarding guarding;
    private final boolean own;

    GuardedHttpsServer(Mesh mesh, HttpsServer server) {
        this.server = server;
        own = server.getHttpsConfigurator() != null;
        guarding = new Guarding(mesh, server, this, "https", own ? Tls.OWN : Tls.MESH);
        if (own) {
            log.warn(
                    "{} keeps the HttpsConfigurator that it has: its TLS is not the mesh's, callers stay anonymous, and a policy that"
                            + " demands mutual TLS closes it; leave the configurator away and the mesh sets its own",
                    server);
        } else {
            server.setHttpsConfigurator(new MeshConfigurator(mesh.identity().sslContext(), guarding.inlet()));
        }
    }

    /** @throws IllegalStateException if the mesh does the TLS: it is chosen before the server is guarded */
    @Override
    public void setHttpsConfigurator(HttpsConfigurator configurator) {
        if (!own) {
            throw new IllegalStateException(
                    "the mesh does the TLS of this server; a server with a configurator of its own gets it before"
                            + " mesh.guard(server)");
        }
        server.setHttpsConfigurator(configurator);
    }

    @Override
    public HttpsConfigurator getHttpsConfigurator() {
        return server.getHttpsConfigurator();
    }

    @Override
    public void bind(InetSocketAddress address, int backlog) throws IOException {
        server.bind(address, backlog);
    }

    @Override
    public void start() {
        // https would be taken for TLS that the mesh does not understand: to callers this is http, carried by mutual
        // TLS.
        guarding.start(own ? "https" : "http", own ? Encryption.PLAINTEXT : Encryption.MUTUAL_TLS);
    }

    @Override
    public void setExecutor(Executor executor) {
        server.setExecutor(executor);
    }

    @Override
    public Executor getExecutor() {
        return server.getExecutor();
    }

    @Override
    public void stop(int delay) {
        guarding.stop(delay);
    }

    @Override
    public HttpContext createContext(String path, HttpHandler handler) {
        return guarding.context(path, handler);
    }

    @Override
    public HttpContext createContext(String path) {
        return guarding.context(path);
    }

    @Override
    public void removeContext(String path) {
        guarding.remove(path);
    }

    @Override
    public void removeContext(HttpContext context) {
        guarding.remove(context);
    }

    @Override
    public InetSocketAddress getAddress() {
        return server.getAddress();
    }
}
