package dev.weft.config;

import java.util.Map;

/**
 * What the control plane said about requests that arrive at this workload.
 *
 * @param ports by service port
 * @param others for every other port
 */
public record InboundPolicy(Map<Integer, PortPolicy> ports, PortPolicy others) {
    public InboundPolicy {
        ports = Map.copyOf(ports);
    }

    /** What holds for a service port. */
    public PortPolicy port(int servicePort) {
        return ports.getOrDefault(servicePort, others);
    }

    /**
     * What holds for one port.
     *
     * @param tls which connections it takes
     */
    public record PortPolicy(TlsMode tls) {}
}
