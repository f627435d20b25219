package dev.weft.http;

import com.sun.net.httpserver.HttpExchange;
import dev.weft.http.guard.Guarded;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Inbound;

/** What a handler on the JDK's server asks of the mesh. */
public final class MeshHttp {
    private MeshHttp() {}

    /**
     * Who sent a request: by the certificate of the connection, by a JWT, or {@link PeerIdentity#ANONYMOUS}. From a filter that shows its
     * own exchange to the handler, what the current thread serves is meant.
     *
     * @param exchange of a guarded server
     */
    public static PeerIdentity peer(HttpExchange exchange) {
        return exchange instanceof Guarded guarded
                ? guarded.caller()
                : Inbound.current().caller();
    }
}
