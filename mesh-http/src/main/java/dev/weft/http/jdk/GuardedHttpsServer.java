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
 * A TLS server whose contexts pass the mesh. It shows the mesh's certificate and demands one of the mesh's, unless the application configures
 * TLS of its own.
 */
final class GuardedHttpsServer extends HttpsServer {
    private static final Logger log = LoggerFactory.getLogger(GuardedHttpsServer.class);

    private final Mesh mesh;
    private final HttpsServer server;
    private final Guarding guarding;

    GuardedHttpsServer(Mesh mesh, HttpsServer server) {
        this.mesh = mesh;
        this.server = server;
        boolean own = server.getHttpsConfigurator() != null;
        guarding = new Guarding(mesh, server, this, "https", own ? Tls.OWN : Tls.MESH);
    }

    /** From now on the server's TLS is the application's own. */
    @Override
    public void setHttpsConfigurator(HttpsConfigurator configurator) {
        server.setHttpsConfigurator(configurator);
        guarding.ownTls();
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
        if (guarding.tls() == Tls.OWN) {
            log.warn(
                    "the server at {} keeps its own HttpsConfigurator: its TLS is not the mesh's, callers stay anonymous, and a policy that"
                            + " demands mutual TLS closes it; without a configurator it gets the mesh's",
                    server.getAddress());
            guarding.start("https", Encryption.PLAINTEXT);
            return;
        }
        server.setHttpsConfigurator(new MeshConfigurator(mesh.identity().sslContext(), guarding.inlet()));
        // To callers it is http, carried by mutual TLS; https would be TLS that the mesh does not look into.
        guarding.start("http", Encryption.MUTUAL_TLS);
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
