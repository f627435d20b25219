package dev.weft.xds;

import dev.weft.config.Encryption;

/**
 * A port on which the process serves.
 *
 * @param name as Istio names ports; the part before the first dash is the protocol
 * @param protocol as in {@code http}, {@code grpc}
 * @param servicePort port under which callers know the service
 * @param address IP address the socket is reached at
 * @param boundPort port the socket is bound to
 * @param encryption what the socket takes
 */
public record AnnouncedPort(
        String name, String protocol, int servicePort, String address, int boundPort, Encryption encryption) {

    /** A port that takes plaintext. */
    public AnnouncedPort(String name, String protocol, int servicePort, String address, int boundPort) {
        this(name, protocol, servicePort, address, boundPort, Encryption.PLAINTEXT);
    }
}
