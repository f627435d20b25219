package dev.weft.xds;

import dev.weft.config.Locality;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.VirtualHost;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The client under test, with the snapshots it delivered. Time moves by hand. */
final class Client implements AutoCloseable {
    static final Node NODE = new Node(
            "productpage",
            "default",
            "bookinfo-productpage",
            "productpage-1",
            "127.0.0.1",
            Map.of("app", "productpage", "version", "v1"),
            new Locality("r", "z", ""));

    final ManualWorld world = World.manual();
    final XdsSource source;
    final List<MeshSnapshot> snapshots = new CopyOnWriteArrayList<>();

    private Client(List<String> servers, @Nullable Path directory, XdsOptions options) {
        source = XdsSource.create(
                new Bootstrap(servers, NODE, directory, options.withPlaintext()),
                world.world(),
                ScriptedControlPlane::channel);
        source.subscribe(snapshots::add);
    }

    static Client of(ScriptedControlPlane server) {
        return of(server, null, XdsOptions.DEFAULT);
    }

    static Client of(ScriptedControlPlane server, @Nullable Path directory, XdsOptions options) {
        return of(List.of(server.name), directory, options);
    }

    static Client of(List<String> servers, @Nullable Path directory, XdsOptions options) {
        Client client = new Client(servers, directory, options);
        client.source.start();
        client.source.settle();
        return client;
    }

    /** Brings the client of a mesh-control to an index of these names, and the policy that others pass. */
    static Client indexed(ScriptedControlPlane server, @Nullable Path directory, String... names) {
        Client client = of(server, directory, XdsOptions.DEFAULT);
        client.index(server, names);
        return client;
    }

    void index(ScriptedControlPlane server, String... names) {
        server.asked(ResourceType.CLUSTER);
        server.push(ResourceType.CLUSTER);
        server.asked(ResourceType.VIRTUAL_HOST);
        VirtualHostList list = new VirtualHostList(names);
        server.answer(server.push(ResourceType.VIRTUAL_HOST, list.messages()));
        source.settle();
    }

    /** Goes through everything that a first call to a host brings about. */
    void load(ScriptedControlPlane server, String host, String cluster) {
        source.request(VirtualHost.indexed(host, List.of()));
        server.asked(ResourceType.LISTENER);
        server.push(ResourceType.LISTENER, Resources.listener(host));
        server.asked(ResourceType.ROUTE);
        server.push(ResourceType.ROUTE, Resources.routes(host, cluster));
        server.asked(ResourceType.CLUSTER);
        server.push(ResourceType.CLUSTER, Resources.cluster(cluster));
        server.asked(ResourceType.ENDPOINT);
        server.push(ResourceType.ENDPOINT, Resources.endpoints(cluster, "127.0.0.1", 1));
        settled("loaded " + host, () -> host(host) != null && host(host).loaded());
    }

    MeshSnapshot last() {
        return snapshots.isEmpty() ? null : snapshots.get(snapshots.size() - 1);
    }

    VirtualHost host(String name) {
        return last() == null
                ? null
                : last().ports().values().stream()
                        .flatMap(List::stream)
                        .filter(host -> host.name().equals(name))
                        .findFirst()
                        .orElse(null);
    }

    void settled(String what, java.util.function.BooleanSupplier condition) {
        Eventually.until(what, condition);
    }

    /** Moves time, and lets the control thread do what fell due. */
    void advance(Duration by) {
        world.advance(by);
        source.settle();
    }

    @Override
    public void close() {
        source.close();
    }

    private record VirtualHostList(String... names) {
        com.google.protobuf.Message[] messages() {
            var messages = new com.google.protobuf.Message[names.length + 1];
            messages[0] = Resources.passOthers();
            for (int i = 0; i < names.length; i++) {
                messages[i + 1] = Resources.index(names[i]);
            }
            return messages;
        }
    }
}
