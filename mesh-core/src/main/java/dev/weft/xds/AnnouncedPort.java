package dev.weft.xds;

/**
 * A port on which the process serves.
 *
 * @param name as Istio names ports; the part before the first dash is the protocol
 * @param protocol as in {@code http}, {@code grpc}
 * @param servicePort port under which callers know the service
 * @param address IP address the socket is reached at
 * @param boundPort port the socket is bound to
 */
public record AnnouncedPort(String name, String protocol, int servicePort, String address, int boundPort) {}
