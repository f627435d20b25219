package dev.weft;

import dev.weft.config.Encryption;
import dev.weft.engine.InboundExchange;
import dev.weft.engine.Peer;
import dev.weft.identity.Identity;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.RequestHead;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For adapters: a port of a guarded server; what the registry is told of it, which connections it takes, who their requests are from. Safe for use
 * from any thread.
 */
public final class Inlet {
    private static final Logger log = LoggerFactory.getLogger(Inlet.class);

    private final Mesh mesh;
    private final String plaintextRemedy;

    /** Written when the server is bound, read by requests. */
    private volatile @Nullable InetSocketAddress bound;

    /** Written with {@link #bound}; 0 before. */
    private volatile int servicePort;

    /** What was warned about last; a race costs one more line. */
    private volatile @Nullable String warned;

    /** @param plaintextRemedy what to do when a policy forbids plaintext here, for the log */
    public Inlet(Mesh mesh, String plaintextRemedy) {
        this.mesh = mesh;
        this.plaintextRemedy = plaintextRemedy;
    }

    public Mesh mesh() {
        return mesh;
    }

    /** The server takes connections: joins the registry. */
    public void listening(String name, InetSocketAddress at, Encryption encryption) {
        listening(name, name, at, encryption);
    }

    /** The same for a port whose name does not say its protocol. */
    public void listening(String name, String protocol, InetSocketAddress at, Encryption encryption) {
        servicePort = mesh.listening(name, protocol, 0, at, encryption);
        bound = at;
    }

    /** It takes no more: leaves the registry. */
    public void stopped() {
        InetSocketAddress at = bound;
        if (at != null) {
            bound = null;
            mesh.stopped(at);
        }
    }

    /**
     * Whether a connection must be closed without an answer. The first of each kind is said in the log.
     *
     * @param encrypted whether it is TLS of the mesh
     */
    public boolean refuses(boolean encrypted) {
        return refuses(servicePort, encrypted);
    }

    /** The same for a server that has several ports. */
    public boolean refuses(int port, boolean encrypted) {
        String reason = mesh.inbound().refusesConnection(port, encrypted);
        if (reason == null && encrypted) {
            reason = withoutIdentity();
        }
        if (reason != null && !reason.equals(warned)) {
            warned = reason;
            log.warn(
                    "port {}: {} connections are refused: {}{}",
                    port,
                    encrypted ? "TLS" : "plaintext",
                    reason,
                    remedy(port, encrypted));
        }
        return reason != null;
    }

    /** What to do about it; where nobody at all is let in, another kind of connection would not help. */
    String remedy(int port, boolean encrypted) {
        if (mesh.inbound().refusesConnection(port, !encrypted) == null) {
            return encrypted ? "" : "; " + plaintextRemedy;
        }
        String missing = mesh.missing();
        return missing.isEmpty() ? "" : "; missing: " + missing;
    }

    /** Why no handshake can succeed; TLS itself would only speak of cipher suites. */
    private @Nullable String withoutIdentity() {
        Identity identity = mesh.identity().current();
        String todo = "; see why no certificate comes from the CA: the credential, and whether the CA is reachable";
        if (identity == null) {
            return "this process has no identity yet" + todo;
        }
        Instant expiry = identity.svid().expiry();
        return mesh.world().ticker().epochMillis() >= expiry.toEpochMilli()
                ? "this process's identity " + identity.svid().id() + " expired at " + expiry + todo
                : null;
    }

    /** Takes a request to the engine. */
    public InboundExchange begin(
            RequestHead head,
            PeerIdentity caller,
            @Nullable InetSocketAddress remote,
            @Nullable InetSocketAddress local,
            boolean encrypted,
            String sni) {
        return mesh.inbound().begin(head, new Peer(caller, remote, local, servicePort, encrypted, sni));
    }
}
