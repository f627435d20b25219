package dev.weft.control.catalog;

import dev.weft.control.istio.Sidecar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one class of clients may see, by namespace and Sidecar resource.
 */
public final class Scope {
    private final String namespace;
    private final @Nullable List<Egress> egress;
    private final boolean registryOnly;

    private Scope(String namespace, @Nullable List<Egress> egress, boolean registryOnly) {
        this.namespace = namespace;
        this.egress = egress;
        this.registryOnly = registryOnly;
    }

    /** Everything that is exported to the namespace. */
    static Scope open(String namespace, boolean registryOnly) {
        return new Scope(namespace, null, registryOnly);
    }

    /** Narrowed by a Sidecar. */
    static Scope of(String namespace, Sidecar sidecar, boolean meshRegistryOnly) {
        List<Egress> egress = null;
        if (!sidecar.egress().isEmpty()) {
            egress = new ArrayList<>();
            for (Sidecar.Egress listener : sidecar.egress()) {
                for (String host : listener.hosts()) {
                    egress.add(Egress.of(host, listener.port(), namespace));
                }
            }
        }
        boolean registryOnly = sidecar.outboundTrafficPolicy() == null
                ? meshRegistryOnly
                : sidecar.outboundTrafficPolicy().equals("REGISTRY_ONLY");
        return new Scope(namespace, egress, registryOnly);
    }

    public String namespace() {
        return namespace;
    }

    /** Whether calls to unknown hosts are refused. */
    public boolean registryOnly() {
        return registryOnly;
    }

    /** Whether this port of a service may be called by name. */
    public boolean sees(Service service, ServicePort port) {
        if (egress == null) {
            return true;
        }
        for (Egress entry : egress) {
            if ((entry.port == 0 || entry.port == port.number()) && entry.names(service.namespace(), service.host())) {
                return true;
            }
        }
        return false;
    }

    /** Whether this rule counts here. */
    boolean follows(Rule rule) {
        if (!rule.exportTo().includes(namespace)) {
            return false;
        }
        if (egress == null) {
            return true;
        }
        for (Egress entry : egress) {
            for (String host : rule.hosts()) {
                if (entry.names(rule.meta().namespace(), host)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** @param namespace {@code *} for every one, empty for none */
    private record Egress(String namespace, String host, int port) {

        static Egress of(String written, @Nullable Integer port, String own) {
            int slash = written.indexOf('/');
            String namespace = slash < 0 ? "*" : written.substring(0, slash);
            String host = written.substring(slash + 1);
            return new Egress(
                    namespace.equals(".") ? own : namespace.equals("~") ? "" : namespace,
                    host,
                    port == null ? 0 : port);
        }

        boolean names(String owner, String name) {
            return (namespace.equals("*") || namespace.equals(owner)) && Hosts.covers(host, name);
        }
    }
}
