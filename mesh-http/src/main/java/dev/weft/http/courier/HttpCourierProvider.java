package dev.weft.http.courier;

import dev.weft.CourierProvider;
import dev.weft.Mesh;
import dev.weft.authz.external.Courier;
import dev.weft.http.call.Outbound;

/** Lends the inbound policy this module's transport. */
public final class HttpCourierProvider implements CourierProvider {

    @Override
    public Courier courier(Mesh mesh) {
        return new HttpCourier(Outbound.of(mesh));
    }
}
