package dev.weft.grpc.server;

import java.net.SocketAddress;

/** Which connections a guarded server takes. Asked by the transport's negotiator, from any thread. */
public interface Admission {

    /**
     * Whether a connection is closed before anything is read from it.
     *
     * @param local where it came in
     * @param encrypted whether it begins with a TLS handshake
     */
    boolean refuses(SocketAddress local, boolean encrypted);
}
