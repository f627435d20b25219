package dev.weft.control.translate;

import com.google.protobuf.Message;
import dev.weft.config.ConfigProblem;
import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.control.catalog.Service;
import dev.weft.control.catalog.ServicePort;
import dev.weft.control.catalog.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one class of clients sees, made when asked for. The shape says which resources there are; clusters and endpoints are the
 * same in every shape.
 */
final class LazyView implements View {
    private static final Object RULES_ONLY = "made from the rules alone";

    private final Caller caller;
    private final String revision;
    private final Shelf shelf;
    private final Shape shape;
    private final Map<ResourceType, Map<String, Resource>> wildcards = new ConcurrentHashMap<>();

    /** @param shelf with what may be taken over from the view before */
    LazyView(Caller caller, String revision, Shelf shelf, Shape shape) {
        this.caller = caller;
        this.revision = revision;
        this.shelf = shelf;
        this.shape = shape;
    }

    Shelf shelf() {
        return shelf;
    }

    @Override
    public String revision() {
        return revision;
    }

    @Override
    public @Nullable Resource resource(ResourceType type, String name) {
        if (type != ResourceType.CLUSTER && type != ResourceType.ENDPOINT) {
            return shelf.take(type, name, RULES_ONLY, () -> shape.write(type, name));
        }
        ClusterName parts = ClusterName.parse(name);
        if (parts == null) {
            return type == ResourceType.CLUSTER ? shelf.take(type, name, RULES_ONLY, () -> special(name)) : null;
        }
        Service service = caller.service(parts.host());
        ServicePort port = service == null ? null : service.port(parts.port());
        if (service == null || port == null) {
            return null;
        }
        List<Workload> workloads = caller.catalog().workloads().of(service);
        return shelf.take(
                type,
                name,
                workloads,
                () -> type == ResourceType.CLUSTER
                        ? cluster(service, port, parts.subset(), workloads)
                        : endpoints(service, port, parts.subset(), workloads));
    }

    private @Nullable Message cluster(Service service, ServicePort port, String subset, List<Workload> workloads) {
        ConfigProblem unservable = new ClusterWriter(caller).unservable(service, port, subset);
        if (unservable != null) {
            shelf.refuse(unservable);
            return null;
        }
        return new ClusterWriter(caller).write(service, port, subset, workloads);
    }

    private @Nullable Message endpoints(Service service, ServicePort port, String subset, List<Workload> workloads) {
        boolean byEds = !service.isPassThrough() && !service.isResolvedByName();
        return byEds && caller.hasSubset(service, subset)
                ? new EndpointWriter(caller, service, port, subset).write(workloads)
                : null;
    }

    private static @Nullable Message special(String name) {
        return name.equals(Names.PASSTHROUGH)
                ? ClusterWriter.passThrough()
                : name.equals(Names.BLACK_HOLE) ? ClusterWriter.blackHole() : null;
    }

    @Override
    public Map<String, Resource> wildcard(ResourceType type) {
        Map<String, Resource> known = wildcards.get(type);
        if (known != null) {
            return known;
        }
        Map<String, Resource> all = new LinkedHashMap<>();
        for (String name : shape.wildcard(type)) {
            Resource resource = resource(type, name);
            if (resource != null) {
                all.put(name, resource);
            }
        }
        Map<String, Resource> fresh = java.util.Collections.unmodifiableMap(all);
        Map<String, Resource> raced = wildcards.putIfAbsent(type, fresh);
        return raced == null ? fresh : raced;
    }
}
