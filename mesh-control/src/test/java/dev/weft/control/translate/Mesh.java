package dev.weft.control.translate;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import dev.weft.config.Locality;
import dev.weft.control.ads.ClientNode;
import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.IstioParser;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Parsed;
import dev.weft.control.registry.GracePeriods;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import dev.weft.control.registry.Registry;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.ConfigStore;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.endpoint.v3.LocalityLbEndpoints;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.runtime.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A mesh made from YAML and registrations, as its clients see it. */
final class Mesh implements ConfigStore {
    final Registry registry = new Registry(World.manual().world(), GracePeriods.DEFAULT);
    final Translator translator;
    private ConfigSnapshot snapshot;
    private @Nullable Consumer<ConfigSnapshot> listener;
    private int revision;

    Mesh(String... yaml) {
        snapshot = read("", yaml);
        translator = new Translator(this, registry);
    }

    static Mesh withMeshConfig(String meshConfig, String... yaml) {
        Mesh mesh = new Mesh();
        mesh.set(mesh.read(meshConfig, yaml));
        return mesh;
    }

    /** Replaces the whole configuration. */
    void configure(String... yaml) {
        set(read("", yaml));
    }

    private void set(ConfigSnapshot next) {
        snapshot = next;
        if (listener != null) {
            listener.accept(next);
        }
    }

    private ConfigSnapshot read(String meshConfig, String... yaml) {
        List<dev.weft.control.istio.Resource<?>> resources = new ArrayList<>();
        for (Parsed document :
                IstioParser.parse("mesh.yaml", String.join("\n---\n", yaml)).documents()) {
            if (!document.problems().isEmpty()) {
                throw new IllegalArgumentException(document.problems().toString());
            }
            resources.add(document.resource());
        }
        return new ConfigSnapshot(
                "r" + ++revision,
                IstioConfig.of(resources),
                MeshConfig.parse("meshconfig.yaml", meshConfig.isEmpty() ? "{}" : meshConfig)
                        .config(),
                List.of());
    }

    @Override
    public ConfigSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public Runnable onChange(Consumer<ConfigSnapshot> newListener) {
        listener = newListener;
        return () -> listener = null;
    }

    static ClientNode client(String namespace, String... labels) {
        return client(ClientNode.Kind.WEFT, namespace, labels);
    }

    static ClientNode client(ClientNode.Kind kind, String namespace, String... labels) {
        java.util.Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        return new ClientNode("id", kind, "", "", namespace, "", map, Locality.NONE, null, Struct.getDefaultInstance());
    }

    static ClientNode client(Locality locality) {
        return new ClientNode(
                "id",
                ClientNode.Kind.WEFT,
                "",
                "",
                "default",
                "",
                Map.of(),
                locality,
                null,
                Struct.getDefaultInstance());
    }

    /** A workload of namespace default that serves these ports over HTTP. */
    static ClientNode workload(String service, InstancePort... ports) {
        Map<String, String> labels = Map.of("app", service, "version", "v1");
        Registration registration = new Registration(
                service + "-1", 1, "default", service, service, labels, Locality.NONE, List.of(ports), Health.HEALTHY);
        return new ClientNode(
                "id",
                ClientNode.Kind.WEFT,
                "",
                "",
                "default",
                service,
                labels,
                Locality.NONE,
                registration,
                Struct.getDefaultInstance());
    }

    static InstancePort http(int servicePort) {
        return new InstancePort("http", "HTTP", servicePort, "10.0.0.1", 30_000 + servicePort % 1000);
    }

    /** What that workload is told about requests that arrive. */
    Listener inbound(ClientNode node) {
        return read(view(node).resource(ResourceType.LISTENER, "inbound"), Listener.class);
    }

    static List<LocalityLbEndpoints> endpoints(View view, String cluster) {
        return read(view.resource(ResourceType.ENDPOINT, cluster), ClusterLoadAssignment.class)
                .getEndpointsList();
    }

    View view() {
        return translator.view(client("default"));
    }

    View view(ClientNode node) {
        return translator.view(node);
    }

    List<Route> routes(String name) {
        return routes(view(), name);
    }

    static List<Route> routes(View view, String name) {
        return table(view, name).getVirtualHosts(0).getRoutesList();
    }

    static RouteConfiguration table(View view, String name) {
        return read(view.resource(ResourceType.ROUTE, name), RouteConfiguration.class);
    }

    static VirtualHost indexed(View view, String name) {
        return read(view.wildcard(ResourceType.VIRTUAL_HOST).get(name), VirtualHost.class);
    }

    Cluster cluster(String name) {
        return read(view().resource(ResourceType.CLUSTER, name), Cluster.class);
    }

    ClusterLoadAssignment endpoints(String name) {
        return read(view().resource(ResourceType.ENDPOINT, name), ClusterLoadAssignment.class);
    }

    /** Addresses of a cluster as {@code 10.0.0.1:80}. */
    List<String> addresses(String cluster) {
        List<String> found = new ArrayList<>();
        endpoints(cluster)
                .getEndpointsList()
                .forEach(place -> place.getLbEndpointsList().forEach(endpoint -> {
                    var address = endpoint.getEndpoint().getAddress().getSocketAddress();
                    found.add(address.getAddress() + ":" + address.getPortValue());
                }));
        return found;
    }

    static <M extends Message> M read(@Nullable Resource resource, Class<M> type) {
        if (resource == null) {
            throw new AssertionError("no such " + type.getSimpleName());
        }
        try {
            return resource.body().unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** An instance of {@code service} in namespace default registers. */
    void register(String instance, String service, String version, int servicePort, int boundPort) {
        registry.announce(
                new Registration(
                        instance,
                        1,
                        "default",
                        service,
                        service,
                        Map.of("app", service, "version", version),
                        Locality.NONE,
                        List.of(new InstancePort("http", "HTTP", servicePort, "10.0.0.1", boundPort)),
                        Health.HEALTHY,
                        true),
                1);
    }
}
