package dev.weft.identity;

import dev.weft.runtime.Ticker;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * JSSE contexts whose connections show the current certificate and judge the peer by the current roots. They are made once
 * and outlive every rotation. Each connection is a full handshake: none resumes a session, because a resumed one would
 * skip the check of the peer and so outlive an expiry, a withdrawn root or a changed set of allowed identities.
 */
public final class MeshTls {
    private MeshTls() {}

    /**
     * For clients: of engines and of sockets. Host names are not compared.
     *
     * @param allowed which servers are accepted
     */
    public static SSLContext client(IdentitySource source, AllowedPeers allowed) {
        return client(source, allowed, Ticker.system());
    }

    /** For clients, by this clock. */
    public static SSLContext client(IdentitySource source, AllowedPeers allowed, Ticker ticker) {
        return context(source, allowed, ticker, true);
    }

    /**
     * For servers: of engines, and of sockets that were accepted and are then layered; no server sockets. A client certificate
     * is demanded by default. A container that sets client authentication itself overrides that, so it must be told
     * "required" there too.
     *
     * @param allowed which clients are accepted
     */
    public static SSLContext server(IdentitySource source, AllowedPeers allowed) {
        return server(source, allowed, Ticker.system());
    }

    /** For servers, by this clock. */
    public static SSLContext server(IdentitySource source, AllowedPeers allowed, Ticker ticker) {
        return context(source, allowed, ticker, false);
    }

    /**
     * For clients of the control plane.
     *
     * @param own the certificate to show if one is demanded; null: none, as before the first identity
     */
    public static SSLContext toControlPlane(@Nullable IdentitySource own, ControlPlaneTrust trust, Ticker ticker) {
        return new MeshSslContext(new FreshSessions(own == null ? null : MeshKeys.of(own, ticker), trust, true));
    }

    private static SSLContext context(IdentitySource source, AllowedPeers allowed, Ticker ticker, boolean client) {
        return new MeshSslContext(
                new FreshSessions(MeshKeys.of(source, ticker), MeshTrust.forPeers(source, allowed, ticker), client));
    }

    /** SSLContext's constructor is for providers only. */
    private static final class MeshSslContext extends SSLContext {
        MeshSslContext(FreshSessions sessions) {
            super(sessions, sessions.provider(), "TLS");
        }
    }
}
