package dev.weft.xds;

import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.ConfigProblem;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.RouteConfiguration;
import dev.weft.config.VirtualHost;
import dev.weft.xds.reader.ClusterReader;
import dev.weft.xds.reader.ListenerReader;
import dev.weft.xds.reader.ReadListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns xDS resources, of either dialect and in any order, into snapshots. A resource that is refused leaves its last good
 * version in place and its neighbours alone. Not thread-safe.
 */
public final class SnapshotAssembler {
    private static final VirtualHost PASS_OTHERS = VirtualHost.allowAny();
    private static final VirtualHost BLOCK_OTHERS = VirtualHost.blockAll();

    private final ReadResources resources = new ReadResources();
    private final Expectations expectations;
    private final RouteTables tables;
    private final PortTables ports = new PortTables();
    private final InboundPolicies inbound;
    private final LeavingResources leaving;
    private final Map<String, ClusterLoadAssignment> none = new HashMap<>();
    private Map<VirtualHost, VirtualHost> emptied = new IdentityHashMap<>();

    /** For sets that are complete: what was not put does not exist. */
    public SnapshotAssembler() {
        this(Expectations.NONE);
    }

    SnapshotAssembler(Expectations expectations) {
        this.expectations = expectations;
        this.tables = new RouteTables(resources, expectations);
        this.inbound = new InboundPolicies(expectations);
        this.leaving = new LeavingResources(resources, tables);
    }

    /**
     * Takes a resource.
     *
     * @param typeUrl as in {@code type.googleapis.com/envoy.config.cluster.v3.Cluster}
     * @param name resource name
     * @param value the serialised message
     * @return what is wrong with it; if there is an ERROR, the resource was not kept, but for a listener for requests that come
     *     in, which refuses them then
     */
    public List<ConfigProblem> put(String typeUrl, String name, byte[] value) {
        ResourceType type = ResourceType.of(typeUrl);
        if (type == null) {
            return List.of(ConfigProblem.error(
                    name, "", typeUrl, "a listener, route configuration, virtual host, cluster or endpoints"));
        }
        return put(type, name, value);
    }

    List<ConfigProblem> put(ResourceType type, String name, byte[] value) {
        List<ConfigProblem> problems = resources.put(type, name, value);
        if (resources.of(type).containsKey(name)) {
            letGo(type, name);
        }
        return problems;
    }

    /** Takes a resource away; harmless if it was not there. */
    public void remove(String typeUrl, String name) {
        ResourceType type = ResourceType.of(typeUrl);
        if (type != null) {
            resources.of(type).remove(name);
        }
    }

    /**
     * Takes a resource away, but lets a cluster or its endpoints stay while routes in force name it.
     *
     * @return whether it stays for now; {@link #letGo} ends that
     */
    boolean removeLater(ResourceType type, String name) {
        return leaving.take(type, name);
    }

    /** Ends the stay of a cluster or its endpoints. */
    void letGo(ResourceType type, String name) {
        leaving.letGo(type, name);
    }

    /** Whether this is a listener for requests that come in: nothing of the kind is ever kept beyond what is said now. */
    boolean isInbound(ResourceType type, String name) {
        ReadListener listener = type == ResourceType.LISTENER ? resources.listeners.get(name) : null;
        return listener != null && listener.kind() == ReadListener.Kind.INBOUND;
    }

    /** The resources that are here, by type. */
    ReadResources resources() {
        return resources;
    }

    /** Clusters that the route tables in force name. */
    Set<String> namedInForce() {
        return tables.namedInForce();
    }

    /** Whether every cluster that a newest table names is here with its endpoints, or is known not to come. */
    boolean allClustersAreDecided() {
        return resources.routes.values().stream().noneMatch(tables::isWaiting);
    }

    /** Puts together a snapshot of what is here. Parts that have not changed are the instances of the snapshot before. */
    public MeshSnapshot assemble(String version, MeshSnapshot.Source source, long acceptedMillis) {
        tables.begin();
        ports.begin();
        Set<String> served = new HashSet<>();
        for (ReadListener listener : resources.listeners.values()) {
            switch (listener.kind()) {
                case API -> {
                    if (addByName(listener)) {
                        served.add(listener.name());
                    }
                }
                case PORT -> addPort(listener);
                case PASS_OTHERS -> ports.add(0, PASS_OTHERS);
                case BLOCK_OTHERS -> ports.add(0, BLOCK_OTHERS);
                case INBOUND, TCP -> {}
            }
        }
        addIndex(served);
        tables.end();
        leaving.letGoUnneeded();
        return new MeshSnapshot(
                version,
                ports.end(),
                clusters(),
                endpoints(),
                source,
                acceptedMillis,
                inbound.of(resources.listeners.values()));
    }

    /** @return whether a table of it is in force */
    private boolean addByName(ReadListener listener) {
        boolean served = false;
        for (RouteConfiguration table : inForce(listener)) {
            for (VirtualHost host : table.virtualHosts()) {
                // Unknown hosts are the business of the outbound policy, `*:0`, and not of one service's table.
                if (!host.domains().equals(List.of("*"))) {
                    ports.add(listener.port(), host);
                    served = true;
                }
            }
        }
        return served;
    }

    private void addPort(ReadListener listener) {
        for (RouteConfiguration table : inForce(listener)) {
            for (VirtualHost host : table.virtualHosts()) {
                ports.add(listener.port(), host);
            }
        }
    }

    private List<RouteConfiguration> inForce(ReadListener listener) {
        List<RouteConfiguration> found = new ArrayList<>(1);
        for (String name : listener.routeNames()) {
            add(found, tables.resolve(name, resources.routes.get(name)));
        }
        int number = 0;
        for (RouteConfiguration inline : listener.inline()) {
            add(found, tables.resolve(listener.name() + " #" + number++, inline));
        }
        return found;
    }

    private static void add(List<RouteConfiguration> found, @Nullable RouteConfiguration table) {
        if (table != null) {
            found.add(table);
        }
    }

    private void addIndex(Set<String> served) {
        Map<VirtualHost, VirtualHost> emptiedNow = new IdentityHashMap<>();
        resources.index.forEach((name, host) -> {
            if (served.contains(name)) {
                return;
            }
            int port = ListenerReader.portOf(name);
            boolean absent = !host.loaded()
                    && (expectations.absent(ResourceType.LISTENER, name)
                            || expectations.absent(ResourceType.ROUTE, name));
            VirtualHost shown = host;
            if (absent) {
                VirtualHost known = emptied.get(host);
                shown = known != null ? known : host.withoutRoutes();
                emptiedNow.put(host, shown);
            }
            ports.add(port, shown);
        });
        emptied = emptiedNow;
    }

    private Map<String, Cluster> clusters() {
        Map<String, Cluster> clusters = new HashMap<>();
        leaving.clusters().forEach((name, cluster) -> clusters.put(name, cluster.cluster()));
        resources.clusters.forEach((name, cluster) -> {
            if (!isOwn(name)) {
                clusters.put(name, cluster.cluster());
            }
        });
        return clusters;
    }

    private Map<String, ClusterLoadAssignment> endpoints() {
        Map<String, ClusterLoadAssignment> endpoints = new HashMap<>();
        leaving.clusters().values().forEach(cluster -> put(endpoints, cluster));
        resources.clusters.forEach((name, cluster) -> {
            if (!isOwn(name)) {
                put(endpoints, cluster);
                putNone(endpoints, cluster.cluster());
            }
        });
        endpoints.putAll(leaving.endpoints());
        endpoints.putAll(resources.endpoints);
        return endpoints;
    }

    /** A cluster whose endpoints are known not to exist has none, and not those of before. */
    private void putNone(Map<String, ClusterLoadAssignment> endpoints, Cluster cluster) {
        if (cluster.discovery() == Cluster.Discovery.EDS
                && expectations.absent(ResourceType.ENDPOINT, cluster.edsName())) {
            endpoints.put(
                    cluster.edsName(),
                    none.computeIfAbsent(cluster.edsName(), name -> ClusterLoadAssignment.of(name, List.of())));
        }
    }

    private static void put(Map<String, ClusterLoadAssignment> endpoints, ClusterReader.WithEndpoints cluster) {
        ClusterLoadAssignment own = cluster.endpoints();
        if (own != null) {
            endpoints.put(cluster.cluster().edsName(), own);
        }
    }

    /** A sidecar's way to its own application, of which the process has no need. */
    private static boolean isOwn(String cluster) {
        return cluster.startsWith("inbound|") || cluster.equals("InboundPassthroughCluster");
    }
}
