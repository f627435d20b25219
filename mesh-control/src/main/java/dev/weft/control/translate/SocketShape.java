package dev.weft.control.translate;

import com.google.protobuf.Message;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.catalog.Policy;
import dev.weft.control.catalog.Service;
import dev.weft.control.catalog.ServicePort;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The shape of a sidecar, for real Envoy: one listener and one route table per port, each with all names of that port. */
final class SocketShape implements Shape {
    private final Caller caller;
    private final HostWriter hosts;
    private final Map<String, Name> names;

    SocketShape(Caller caller) {
        this.caller = caller;
        this.hosts = new HostWriter(caller);
        this.names = new Directory(caller).all();
    }

    @Override
    public @Nullable Message write(ResourceType type, String name) {
        return switch (type) {
            case LISTENER -> ports().contains(name) ? new ListenerWriter(caller).socket(Integer.parseInt(name)) : null;
            case ROUTE -> ports().contains(name) ? HostWriter.table(name, virtualHosts(Integer.parseInt(name))) : null;
            default -> null;
        };
    }

    private List<VirtualHost> virtualHosts(int port) {
        List<VirtualHost> found = new ArrayList<>();
        for (Name name : names.values()) {
            if (name.port() == port && hosts.isHttp(name)) {
                found.add(hosts.virtualHost(name));
            }
        }
        found.add(hosts.outboundPolicy());
        return found;
    }

    @Override
    public Collection<String> wildcard(ResourceType type) {
        return switch (type) {
            case LISTENER -> ports();
            case CLUSTER -> clusters();
            default -> List.of();
        };
    }

    private TreeSet<String> ports() {
        TreeSet<String> ports = new TreeSet<>();
        for (Name name : names.values()) {
            if (hosts.isHttp(name)) {
                ports.add(String.valueOf(name.port()));
            }
        }
        return ports;
    }

    private List<String> clusters() {
        List<String> clusters = new ArrayList<>();
        for (Service service :
                caller.catalog().services().visible(caller.client().namespace())) {
            Policy policy = caller.policy(service);
            for (ServicePort port : service.ports()) {
                clusters.add(Names.cluster(port.number(), "", service.host()));
                if (policy != null) {
                    policy.subsets()
                            .forEach(subset ->
                                    clusters.add(Names.cluster(port.number(), subset.name(), service.host())));
                }
            }
        }
        clusters.add(Names.BLACK_HOLE);
        clusters.add(Names.PASSTHROUGH);
        return clusters;
    }
}
