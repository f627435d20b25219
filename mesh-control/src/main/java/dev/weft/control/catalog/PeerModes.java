package dev.weft.control.catalog;

import dev.weft.control.istio.PeerAuthentication.Mode;
import java.util.Map;

/**
 * Which connections a workload takes.
 *
 * @param mode of ports without a word of their own
 * @param ports by workload port, which for a registered instance is the port by which its callers know it: what its sockets are
 *     bound to differs from one instance to the next
 */
public record PeerModes(Mode mode, Map<Integer, Mode> ports) {
    public PeerModes {
        ports = Map.copyOf(ports);
    }

    /** What holds for a port. */
    public Mode mode(int port) {
        return ports.getOrDefault(port, mode);
    }
}
