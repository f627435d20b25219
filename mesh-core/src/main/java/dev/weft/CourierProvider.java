package dev.weft;

import dev.weft.authz.external.Courier;

/**
 * Lends the inbound policy a transport, for the questions it has to ask. Found with {@link java.util.ServiceLoader}; dev.weft:mesh-http
 * has one. Without any, policies that must ask somebody let nobody in.
 */
public interface CourierProvider {

    /** A courier for calls of this mesh. Called at most once per mesh, when the first policy needs it. */
    Courier courier(Mesh mesh);
}
