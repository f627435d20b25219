package dev.weft.spring.server;

import dev.weft.Inlet;
import dev.weft.Mesh;
import dev.weft.tls.Opening;
import dev.weft.tls.Openings;

/**
 * Before connections: which of them are taken, by the policy of the moment, and how long one may take to begin. Safe for use from any
 * thread.
 */
public final class PortGate {
    private final Mesh mesh;
    private final Inlet inlet;
    private final Openings openings;

    PortGate(Mesh mesh) {
        this.mesh = mesh;
        inlet = new Inlet(mesh, "callers must use mutual TLS, which this port takes");
        openings = new Openings(mesh.world().ticker());
    }

    /**
     * Whether a connection must be closed without an answer.
     *
     * @param localPort where it came in
     * @param encrypted whether it begins with TLS
     */
    public boolean refuses(int localPort, boolean encrypted) {
        return inlet.refuses(mesh.servicePort(localPort), encrypted);
    }

    /**
     * Counts a new connection in.
     *
     * @param close closes it, without waiting, when it has taken too long or younger ones need its place
     */
    public Opening opening(Runnable close) {
        return openings.begin(mesh.world().timer(), close);
    }

    /** Connections that are beginning. */
    int beginning() {
        return openings.count();
    }
}
