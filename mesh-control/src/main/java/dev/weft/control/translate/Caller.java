package dev.weft.control.translate;

import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.catalog.Catalog;
import dev.weft.control.catalog.Client;
import dev.weft.control.catalog.Hosts;
import dev.weft.control.catalog.Policy;
import dev.weft.control.catalog.Scope;
import dev.weft.control.catalog.Service;
import dev.weft.control.istio.TrafficPolicy;
import org.jspecify.annotations.Nullable;

/**
 * For whom is translated: a class of clients, and what it may see.
 *
 * @param catalog what exists
 * @param client what matters about the clients
 * @param scope what they may see
 * @param kind which shape of resources they understand
 * @param inWeft whether a stock gRPC library is in the process of a Weft client, whose certificates it can use
 */
record Caller(Catalog catalog, Client client, Scope scope, Kind kind, boolean inWeft) {

    static Caller of(Catalog catalog, Client client, Kind kind, boolean inWeft) {
        return new Caller(catalog, client, catalog.scope(client), kind, inWeft);
    }

    /** The service of a fully qualified host, whether it may be called by name or only be led to by a rule; or null. */
    @Nullable
    Service service(String host) {
        return catalog.services().visible(host, client.namespace());
    }

    @Nullable
    Policy policy(Service service) {
        return catalog.policy(service, client);
    }

    /** Whether the service has that subset; the empty one it always has. */
    boolean hasSubset(Service service, String subset) {
        Policy policy = subset.isEmpty() ? null : policy(service);
        return subset.isEmpty() || policy != null && policy.subset(subset) != null;
    }

    /** What is said about calls to a service; {@link TrafficPolicy#NONE} if nothing. */
    TrafficPolicy traffic(Service service, String subset, int port) {
        Policy policy = policy(service);
        return policy == null ? TrafficPolicy.NONE : policy.effective(policy.subset(subset), port);
    }

    /**
     * The host that a caller means, in canonical form: the name itself if the mesh has it, else the short forms of registered
     * services by the caller's namespace. The name is given back unchanged if nothing is known by it.
     */
    String canonical(String name) {
        String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (service(host) != null) {
            return host;
        }
        String[] parts = host.split("\\.", -1);
        String qualified = switch (parts.length) {
            case 1 -> Hosts.registered(parts[0], client.namespace());
            case 2 -> Hosts.registered(parts[0], parts[1]);
            case 3 -> parts[2].equals("svc") ? Hosts.registered(parts[0], parts[1]) : host;
            default -> host;
        };
        return service(qualified) != null ? qualified : host;
    }
}
