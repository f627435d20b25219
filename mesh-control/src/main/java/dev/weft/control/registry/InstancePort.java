package dev.weft.control.registry;

/**
 * One port that an instance serves. The port that callers name and the port that the process listens on are apart, so that
 * several instances fit on one machine.
 *
 * @param name as in a Kubernetes Service, {@code http}; may be empty
 * @param protocol in Istio's words, {@code HTTP}, {@code HTTP2}, {@code GRPC}, {@code TCP}; empty means unknown
 * @param servicePort the port in the URLs of callers, 1 to 65535
 * @param address where it listens, an IP address
 * @param boundPort where it listens, 1 to 65535
 */
public record InstancePort(String name, String protocol, int servicePort, String address, int boundPort) {
    public InstancePort {
        checkPort("port", servicePort);
        checkPort("boundPort", boundPort);
        if (address.isEmpty()) {
            throw new IllegalArgumentException("address is empty, expected an IP address");
        }
    }

    private static void checkPort(String field, int value) {
        if (value < 1 || value > 65535) {
            throw new IllegalArgumentException(field + " is " + value + ", expected 1 to 65535");
        }
    }
}
