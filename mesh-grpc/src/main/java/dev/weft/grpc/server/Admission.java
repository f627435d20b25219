package dev.weft.grpc.server;

import java.net.SocketAddress;

/** Which connections a guarded server takes. Asked by the transport's negotiator, from any thread; never blocks. */
public interface Admission {

    /**
     * Whether a connection is closed before anything of it is served. The first of each kind is said in the log.
     *
     * @param listening where the server listens: the address of the channel that accepted the connection
     * @param encrypted whether it begins with a TLS handshake
     */
    boolean refuses(SocketAddress listening, boolean encrypted);

    /** A server of the guarded builder takes no more connections. Where a transport does not tell, it is found out somewhat later. */
    default void closed() {}
}
