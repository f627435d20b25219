package dev.weft;

import dev.weft.config.Encryption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the registry is told about our ports. Thread-safe by one lock, which no request takes. */
final class Registration {
    private static final Logger log = LoggerFactory.getLogger(Mesh.class);

    private final ControlPlane controlPlane;
    private final Map<String, Integer> declared;
    private final String address;
    private final Map<Key, BoundPort> bound = new LinkedHashMap<>();

    /** Why we are not to be called, or null: we are. Guarded by this. */
    private @Nullable String down;

    /** The registry has heard of us. Guarded by this. */
    private boolean announced;

    /** There is a policy by which requests are let in. Guarded by this. */
    private boolean admitting;

    /** By bound port. Written under the lock, read by requests. */
    private volatile Map<Integer, Integer> servicePorts = Map.of();

    /** A name may be bound twice: in plaintext, and with TLS. */
    private record Key(String name, boolean tls) {}

    /**
     * @param declared service ports by name
     * @param address of this process as others see it
     */
    Registration(ControlPlane controlPlane, Map<String, Integer> declared, String address) {
        this.controlPlane = controlPlane;
        this.declared = declared;
        this.address = address;
    }

    /** The service port that it is known by. */
    synchronized int listening(
            String name, String protocol, int servicePort, InetSocketAddress at, Encryption encryption) {
        if (at.isUnresolved() || at.getPort() == 0) {
            throw new IllegalArgumentException("port " + name + " listens at " + at + ": a bound address was expected");
        }
        int service = servicePort != 0 ? servicePort : declared.getOrDefault(name, at.getPort());
        BoundPort port = new BoundPort(name, protocol, service, reachable(at.getAddress()), at.getPort(), encryption);
        BoundPort before = bound.put(new Key(name, encryption != Encryption.PLAINTEXT), port);
        if (before != null && !before.equals(port)) {
            log.info(
                    "port {} moved from {}:{} to {}:{}",
                    name,
                    before.address(),
                    before.port(),
                    port.address(),
                    port.port());
        }
        // The policy is asked for already, for nobody is told of us before it is here.
        controlPlane.serve();
        announce();
        return service;
    }

    /** Nothing listens there any more. */
    synchronized void stopped(InetSocketAddress at) {
        if (bound.values().removeIf(port -> port.port() == at.getPort())) {
            announce();
        }
    }

    private void announce() {
        Map<Integer, Integer> known = new HashMap<>();
        bound.values().forEach(port -> known.put(port.port(), port.servicePort()));
        servicePorts = Map.copyOf(known);
        // Who is down before anybody knows him is still starting, and who would let nobody in is too: he is announced
        // when he
        // is up. Later neither takes him out of the registry unheard.
        if (announced || down == null && admitting) {
            announced = true;
            controlPlane.announce(List.copyOf(bound.values()));
        }
    }

    /** @param why we are not to be called, or null: we are */
    synchronized void health(@Nullable String why) {
        down = why;
        controlPlane.health(why);
        if (why == null && !announced && !bound.isEmpty()) {
            announce();
        }
    }

    /** Requests are let in from now on, as far as policy lets them in. */
    synchronized void admits() {
        if (!admitting) {
            admitting = true;
            if (!bound.isEmpty()) {
                announce();
            }
        }
    }

    /** Nobody is told of us, though we are up, because no request would be let in. */
    synchronized boolean awaitsPolicy() {
        return !bound.isEmpty() && !announced && !admitting && down == null;
    }

    /** The service port of a bound one; the bound one itself if nothing is known of it. */
    int servicePort(int boundPort) {
        return servicePorts.getOrDefault(boundPort, boundPort);
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
        bound.keySet().forEach(key -> names.remove(key.name()));
        return names;
    }
}
