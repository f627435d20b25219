package dev.weft.control.translate;

import dev.weft.control.catalog.Hosts;
import dev.weft.control.catalog.Protocol;
import dev.weft.control.catalog.Service;
import dev.weft.control.catalog.ServicePort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names that one class of clients may call. */
final class Directory {
    /** Where Istio puts hosts that only a rule knows. */
    private static final int RULE_PORT = 80;

    private final Caller caller;

    Directory(Caller caller) {
        this.caller = caller;
    }

    /** All of them, by resource name. */
    Map<String, Name> all() {
        Map<String, Name> names = new TreeMap<>();
        Collection<Service> services =
                caller.catalog().services().visible(caller.client().namespace());
        for (Service service : services) {
            for (ServicePort port : service.ports()) {
                if (caller.scope().sees(service, port)) {
                    add(names, new Name(service.host(), port.number(), service));
                }
            }
        }
        for (String host : caller.catalog().rules().hosts(caller.scope())) {
            if (!concernsService(host, services)) {
                add(names, new Name(host, RULE_PORT, null));
            }
        }
        return names;
    }

    private static void add(Map<String, Name> names, Name name) {
        names.putIfAbsent(name.resource(), name);
    }

    private boolean concernsService(String host, Collection<Service> services) {
        return Hosts.isWildcard(host)
                ? services.stream().anyMatch(service -> Hosts.covers(host, service.host()))
                : caller.service(host) != null;
    }

    /**
     * The name that is meant by {@code host:port}, in full or in short form, or by a host alone if it has a single port for gRPC, or
     * a single port; null if nothing visible is meant.
     */
    @Nullable
    Name find(String resource) {
        int colon = resource.lastIndexOf(':');
        int port = colon < 0 ? 0 : port(resource.substring(colon + 1));
        if (port < 0) {
            return null;
        }
        String host = caller.canonical(colon < 0 ? resource : resource.substring(0, colon));
        Service service = caller.service(host);
        if (service == null) {
            return byRule(host, port);
        }
        List<ServicePort> callable = new ArrayList<>();
        for (ServicePort candidate : service.ports()) {
            if ((port == 0 || candidate.number() == port) && caller.scope().sees(service, candidate)) {
                callable.add(candidate);
            }
        }
        List<ServicePort> grpc = callable.stream()
                .filter(candidate -> candidate.protocol() == Protocol.GRPC)
                .toList();
        // Only stock gRPC leaves ports out.
        List<ServicePort> meant = port == 0 && !grpc.isEmpty() ? grpc : callable;
        return meant.size() == 1 ? new Name(host, meant.get(0).number(), service) : null;
    }

    private @Nullable Name byRule(String host, int port) {
        return port == RULE_PORT
                        && caller.catalog().rules().hosts(caller.scope()).contains(host)
                        && !concernsService(
                                host,
                                caller.catalog()
                                        .services()
                                        .visible(caller.client().namespace()))
                ? new Name(host, RULE_PORT, null)
                : null;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port <= 65_535 ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
