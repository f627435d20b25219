package dev.weft;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the registry is told about our ports. Thread-safe by one lock. */
final class Registration {
    private static final Logger log = LoggerFactory.getLogger(Mesh.class);

    private final ControlPlane controlPlane;
    private final Map<String, Integer> declared;
    private final String address;
    private final Map<String, BoundPort> bound = new LinkedHashMap<>();

    /**
     * @param declared service ports by name
     * @param address of this process as others see it
     */
    Registration(ControlPlane controlPlane, Map<String, Integer> declared, String address) {
        this.controlPlane = controlPlane;
        this.declared = declared;
        this.address = address;
    }

    synchronized void listening(String name, String protocol, int servicePort, InetSocketAddress at) {
        if (at.isUnresolved() || at.getPort() == 0) {
            throw new IllegalArgumentException("port " + name + " listens at " + at + ": a bound address was expected");
        }
        int service = servicePort != 0 ? servicePort : declared.getOrDefault(name, at.getPort());
        BoundPort port = new BoundPort(name, protocol, service, reachable(at.getAddress()), at.getPort());
        BoundPort before = bound.put(name, port);
        if (before != null && !before.equals(port)) {
            log.info(
                    "port {} moved from {}:{} to {}:{}",
                    name,
                    before.address(),
                    before.port(),
                    port.address(),
                    port.port());
        }
        controlPlane.announce(List.copyOf(bound.values()));
    }

    /** Whoever listens everywhere is reached at our own address. */
    private String reachable(InetAddress at) {
        return at.isAnyLocalAddress() ? address : at.getHostAddress();
    }

    /** Whether this process serves or means to. */
    synchronized boolean serves() {
        return !declared.isEmpty() || !bound.isEmpty();
    }

    /** Declared, but nothing listens there as far as we know. */
    synchronized TreeSet<String> missing() {
        TreeSet<String> names = new TreeSet<>(declared.keySet());
        names.removeAll(bound.keySet());
        return names;
    }
}
