package dev.weft.control.ads;

import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Resources by hand: everything is visible to everybody by name, and to clients of the sidecar shape by wildcard. */
public final class HandmadeSource implements ResourceSource {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<ResourceType, Map<String, Resource>> draft = new EnumMap<>(ResourceType.class);
    private volatile HandmadeView byName = new HandmadeView("0", Map.of(), false);
    private volatile HandmadeView sidecar = new HandmadeView("0", Map.of(), true);
    private int revision;

    /** Adds or replaces a resource of the next revision. */
    public synchronized HandmadeSource put(ResourceType type, Resource resource) {
        draft.computeIfAbsent(type, key -> new TreeMap<>()).put(resource.name(), resource);
        return this;
    }

    public synchronized HandmadeSource remove(ResourceType type, String name) {
        draft.computeIfAbsent(type, key -> new TreeMap<>()).remove(name);
        return this;
    }

    /** Makes the next revision the present one and tells of it. */
    public void publish() {
        synchronized (this) {
            revision++;
            Map<ResourceType, Map<String, Resource>> all = new EnumMap<>(ResourceType.class);
            draft.forEach((type, resources) -> all.put(type, new TreeMap<>(resources)));
            byName = new HandmadeView(Integer.toString(revision), all, false);
            sidecar = new HandmadeView(Integer.toString(revision), all, true);
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public View view(ClientNode node) {
        return node.kind() == ClientNode.Kind.ENVOY ? sidecar : byName;
    }

    @Override
    public Runnable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    /** A cluster with endpoints over EDS; the variant makes versions differ. */
    public static Resource cluster(String name, String variant) {
        return Resource.of(
                name,
                Cluster.newBuilder()
                        .setName(name)
                        .setAltStatName(variant)
                        .setType(Cluster.DiscoveryType.EDS)
                        .build());
    }

    public static Resource endpoints(String name, int overprovisioning) {
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName(name);
        assignment.getPolicyBuilder().getOverprovisioningFactorBuilder().setValue(overprovisioning);
        return Resource.of(name, assignment.build());
    }

    public static Resource listener(String name, String variant) {
        return Resource.of(
                name, Listener.newBuilder().setName(name).setStatPrefix(variant).build());
    }

    public static Resource routes(String name, String variant) {
        return Resource.of(
                name,
                RouteConfiguration.newBuilder()
                        .setName(name)
                        .addInternalOnlyHeaders(variant)
                        .build());
    }

    public static Resource visible(String name) {
        return Resource.of(
                name, VirtualHost.newBuilder().setName(name).addDomains(name).build());
    }

    private record HandmadeView(String revision, Map<ResourceType, Map<String, Resource>> all, boolean wildcards)
            implements View {
        @Override
        public @Nullable Resource resource(ResourceType type, String name) {
            return all.getOrDefault(type, Map.of()).get(name);
        }

        @Override
        public Map<String, Resource> wildcard(ResourceType type) {
            boolean covered = type == ResourceType.VIRTUAL_HOST || wildcards;
            return covered ? all.getOrDefault(type, Map.of()) : Map.of();
        }
    }
}
