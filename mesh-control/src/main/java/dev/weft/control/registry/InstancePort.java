package dev.weft.control.registry;

import dev.weft.config.Encryption;

/**
 * One port that an instance serves. The port that callers name and the port that the process listens on are apart, so that
 * several instances fit on one machine.
 *
 * @param name as in a Kubernetes Service, {@code http}; may be empty
 * @param protocol in Istio's words, {@code HTTP}, {@code HTTP2}, {@code GRPC}, {@code TCP}; empty means unknown
 * @param servicePort the port in the URLs of callers, 1 to 65535
 * @param address where it listens, an IP address
 * @param boundPort where it listens, 1 to 65535
 * @param encryption what it takes
 */
public record InstancePort(
        String name, String protocol, int servicePort, String address, int boundPort, Encryption encryption) {
    public InstancePort {
        checkPort("port", servicePort);
        checkPort("boundPort", boundPort);
        if (address.isEmpty()) {
            throw new IllegalArgumentException("address is empty, expected an IP address");
        }
    }

    /** A port that takes plaintext. */
    public InstancePort(String name, String protocol, int servicePort, String address, int boundPort) {
        this(name, protocol, servicePort, address, boundPort, Encryption.PLAINTEXT);
    }

    private static void checkPort(String field, int value) {
        if (value < 1 || value > 65535) {
            throw new IllegalArgumentException(field + " is " + value + ", expected 1 to 65535");
        }
    }
}
