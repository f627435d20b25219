package dev.weft.spring.server;

import dev.weft.Mesh;
import dev.weft.spring.InboundProperties;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;

/** What the servers of an application need for TLS of the mesh, whichever they are. Safe for use from any thread. */
public final class MeshTls {
    /** Name of the SSL bundle that is the mesh's. */
    public static final String BUNDLE = "mesh";

    private static final Logger log = LoggerFactory.getLogger(MeshTls.class);

    private final Mesh mesh;
    private final InboundProperties settings;
    private final PortGate gate;

    public MeshTls(Mesh mesh, InboundProperties settings) {
        this.mesh = mesh;
        this.settings = settings;
        gate = new PortGate(mesh);
    }

    Mesh mesh() {
        return mesh;
    }

    InboundProperties settings() {
        return settings;
    }

    /**
     * Whether the port of a server that is being made is to take TLS of the mesh: not if it is left as it is by {@code
     * mesh.inbound.exclude-ports}, and not if it has TLS of the application's own.
     */
    public boolean takes(AbstractConfigurableWebServerFactory factory) {
        if (excludes(factory)) {
            return false;
        }
        Ssl own = factory.getSsl();
        if (own != null && Ssl.isEnabled(own)) {
            if (!BUNDLE.equals(own.getBundle())) {
                log.warn(
                        "port {} keeps the TLS that it has by server.ssl: it is not the mesh's, callers stay anonymous, and a policy"
                                + " that demands mutual TLS refuses them; leave server.ssl out and the mesh does the TLS",
                        factory.getPort());
                return false;
            }
            // The mesh's, by its name: the same port, which needs no reload.
            factory.setSsl(null);
        }
        return true;
    }

    /** Whether the server is not the mesh's business. */
    public boolean excludes(AbstractConfigurableWebServerFactory factory) {
        return excludes(factory.getPort());
    }

    /** Whether a port is not the mesh's business. */
    public boolean excludes(int port) {
        return settings.excludes(port);
    }

    /** Shows the identity of the moment at each handshake and demands one of the mesh's. */
    public SSLContext context() {
        return mesh.identity().sslContext();
    }

    /** Of all servers of the application, which share the files that their process may open. */
    public PortGate gate() {
        return gate;
    }
}
