package dev.weft.http.call;

import dev.weft.Mesh;
import dev.weft.engine.OutboundEngine;
import dev.weft.http.body.OutgoingBody;
import dev.weft.http.transport.HttpTransport;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import java.net.URI;

/**
 * What calls of one mesh have in common, looked up once and not per call.
 *
 * @param engine decides
 * @param world clock and timers
 * @param transport carries; one per mesh, whatever the number of clients
 */
public record Outbound(OutboundEngine engine, World world, HttpTransport transport) {

    public static Outbound of(Mesh mesh) {
        return new Outbound(
                mesh.outbound(),
                mesh.world(),
                mesh.shared(HttpTransport.class, owner -> new HttpTransport(owner.world(), owner.identity())));
    }

    /**
     * Whether a call to this authority is to be begun here; otherwise it is the client's own business. Without any configuration
     * nobody can tell: the engine then waits for one, and {@link Caller#passesThrough} hands the call back if it is none of ours.
     *
     * @param scheme {@code http} or {@code https}, in any case
     */
    public boolean takes(String authority, String scheme) {
        return takes(engine, authority, scheme);
    }

    static boolean takes(OutboundEngine engine, String authority, String scheme) {
        return !authority.isEmpty() && engine.takes(authority, scheme);
    }

    /** {@link #takes(String, String)} of an absolute URI. */
    public boolean takes(URI uri) {
        return takes(Uris.authority(uri), Uris.scheme(uri));
    }

    /**
     * Begins a call on the caller's thread, whose inbound deadline and trace it continues.
     *
     * @param head as the caller wrote it, without hop-by-hop fields
     */
    public OutboundCall begin(RequestHead head, OutgoingBody body, Terms terms, Caller caller) {
        OutboundCall call = new OutboundCall(this, head, body, terms, caller);
        call.exchange().start();
        return call;
    }
}
