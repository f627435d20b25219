package dev.weft.http.call;

import dev.weft.Mesh;
import dev.weft.engine.OutboundEngine;
import dev.weft.http.body.OutgoingBody;
import dev.weft.http.transport.HttpTransport;
import dev.weft.request.Hints;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;

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
     * Begins a call on the caller's thread, whose inbound deadline and trace it continues.
     *
     * @param head as the caller wrote it, without hop-by-hop fields
     * @param expectContinue the caller wants to hear from the server before the body is sent
     */
    public OutboundCall begin(RequestHead head, OutgoingBody body, boolean expectContinue, Hints hints, Caller caller) {
        OutboundCall call = new OutboundCall(this, head, body, expectContinue, hints, caller);
        call.exchange().start();
        return call;
    }
}
