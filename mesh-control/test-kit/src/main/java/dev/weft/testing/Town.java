package dev.weft.testing;

import dev.weft.config.Encryption;
import dev.weft.config.Locality;
import dev.weft.control.catalog.Hosts;
import dev.weft.control.explain.Presumed;
import dev.weft.control.istio.HttpRoute;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.VirtualService;
import dev.weft.control.registry.GracePeriods;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import dev.weft.control.registry.Registry;
import dev.weft.runtime.World;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The services there are: those that rules speak of, with nobody behind them, until a test puts a stand-in there. Thread-safe.
 */
final class Town {
    /** Where nobody listens; never told to a client. */
    private static final InetSocketAddress NOBODY = new InetSocketAddress("127.0.0.1", 1);

    private static final String SUFFIX = ".svc." + Hosts.DOMAIN;
    private static final int HTTP = 80;

    private final Registry registry = new Registry(World.system(), GracePeriods.DEFAULT);
    private final Presumed presumed;
    private final Map<String, Set<Integer>> writtenPorts = new HashMap<>();

    // All below: with this object's lock held.
    private final Map<String, List<StandIn>> standIns = new HashMap<>();
    private final Map<String, List<Registration>> announced = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();

    /** Some instances of a service. */
    record StandIn(Map<String, String> labels, List<InetSocketAddress> addresses) {}

    Town(IstioConfig config) {
        presumed = new Presumed(config);
        for (Resource<VirtualService> rule : config.virtualServices()) {
            for (HttpRoute route : rule.spec().http()) {
                for (HttpRoute.Weighted choice : route.route()) {
                    Integer port = choice.destination().port();
                    if (port != null && port > 0) {
                        String host = Hosts.resolve(
                                choice.destination().host(), rule.meta().namespace());
                        writtenPorts
                                .computeIfAbsent(host, h -> new LinkedHashSet<>())
                                .add(port);
                    }
                }
            }
        }
        presumed.hosts().forEach(this::announce);
    }

    Registry registry() {
        return registry;
    }

    /** The full name of a service of the mesh. */
    static String host(String name) {
        String[] parts = name.split("\\.", -1);
        String host =
                parts.length == 2 ? Hosts.registered(parts[0], parts[1]) : Hosts.resolve(name, Who.DEFAULT_NAMESPACE);
        if (!host.endsWith(SUFFIX) || Hosts.isWildcard(host)) {
            throw new IllegalArgumentException("upstream `" + name
                    + "`: a service of the mesh was expected, as in reviews or reviews.default; what a ServiceEntry declares has"
                    + " the addresses that stand there");
        }
        return host;
    }

    /** Callers write that port, and no other. */
    synchronized void port(String host, int port) {
        ports.put(host, port);
        announce(host);
    }

    /** Puts instances of those labels in place of earlier ones of the same labels. */
    synchronized void put(String host, Map<String, String> labels, List<InetSocketAddress> addresses) {
        List<StandIn> there = standIns.computeIfAbsent(host, h -> new ArrayList<>());
        there.removeIf(standIn -> standIn.labels().equals(labels));
        there.add(new StandIn(Map.copyOf(labels), List.copyOf(addresses)));
        announce(host);
    }

    /** As it was at first. */
    synchronized void clear() {
        Set<String> touched = new LinkedHashSet<>(standIns.keySet());
        touched.addAll(ports.keySet());
        standIns.clear();
        ports.clear();
        touched.forEach(this::announce);
    }

    /** Whether a test has put anybody there. */
    synchronized boolean isPeopled(String host) {
        return standIns.containsKey(host);
    }

    private synchronized void announce(String host) {
        List<Registration> before = announced.getOrDefault(host, List.of());
        List<Registration> now = instances(host);
        now.forEach(instance -> registry.announce(instance, 1));
        for (Registration old : before) {
            if (now.stream().noneMatch(instance -> instance.key().equals(old.key()))) {
                registry.leave(old, 1);
            }
        }
        announced.put(host, now);
    }

    private List<Registration> instances(String host) {
        List<Registration> instances = new ArrayList<>();
        for (StandIn standIn : standIns.getOrDefault(host, List.of())) {
            standIn.addresses()
                    .forEach(address -> instances.add(instance(host, standIn.labels(), address, instances.size())));
        }
        if (instances.isEmpty() && (presumed.hosts().contains(host) || standIns.containsKey(host))) {
            instances.add(instance(host, Map.of(), NOBODY, 0));
        }
        return instances;
    }

    private Registration instance(String host, Map<String, String> labels, InetSocketAddress at, int number) {
        String[] name = host.substring(0, host.length() - SUFFIX.length()).split("\\.", -1);
        Map<String, String> all = new HashMap<>(labels);
        all.putIfAbsent("app", name[0]);
        String address =
                at.getAddress() == null ? at.getHostString() : at.getAddress().getHostAddress();
        List<InstancePort> served = new ArrayList<>();
        for (int port : servicePorts(host)) {
            String portName = served.isEmpty() ? "http" : "http-" + port;
            served.add(new InstancePort(portName, "HTTP", port, address, at.getPort(), Encryption.PLAINTEXT));
        }
        return new Registration(
                name[0] + "-" + number + "-" + at.getPort(),
                1,
                name[1],
                name[0],
                name[0],
                all,
                Locality.NONE,
                served,
                Health.HEALTHY);
    }

    private Set<Integer> servicePorts(String host) {
        Integer said = ports.get(host);
        return said != null ? Set.of(said) : writtenPorts.getOrDefault(host, Set.of(HTTP));
    }
}
