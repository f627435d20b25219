package dev.weft.control.catalog;

import dev.weft.config.Locality;
import dev.weft.control.istio.Meta;
import dev.weft.control.istio.WorkloadEntry;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that serves: a registered instance or a declared endpoint.
 *
 * @param name of the instance or WorkloadEntry; empty for an endpoint inside a ServiceEntry
 * @param namespace empty for an endpoint inside a ServiceEntry
 * @param unit what meters call it, as Istio's call a Deployment: an instance's service, since instances come and go, or the WorkloadEntry
 * @param address of a declared endpoint: IP, host name or {@code unix:} path; empty for an instance, whose ports have their own
 * @param ports of a declared endpoint, by port name
 * @param registered ports of an instance; empty for declared ones
 * @param labels for subsets and selectors
 * @param locality where it runs
 * @param weight at least 1
 * @param serviceAccount by which callers believe it: proved by the instance, or declared in the configuration; may be empty
 * @param health how it feels
 */
public record Workload(
        String name,
        String namespace,
        String unit,
        String address,
        Map<String, Integer> ports,
        List<InstancePort> registered,
        Map<String, String> labels,
        Locality locality,
        int weight,
        String serviceAccount,
        Health health) {
    private static final String TLS_MODE = "security.istio.io/tlsMode";

    public Workload {
        ports = Map.copyOf(ports);
        registered = List.copyOf(registered);
        labels = Map.copyOf(labels);
    }

    /** Where to connect to. */
    public record Target(String address, int port) {}

    static Workload of(Registration instance) {
        return new Workload(
                instance.instanceId(),
                instance.namespace(),
                instance.service(),
                "",
                Map.of(),
                instance.ports(),
                instance.labels(),
                instance.locality(),
                1,
                // Callers believe a server by this name, so only what was proved counts: over the plaintext port
                // anybody could claim
                // to be anybody.
                instance.proven() ? instance.serviceAccount() : "",
                instance.health());
    }

    /** @param meta of a WorkloadEntry, or null for an endpoint inside a ServiceEntry */
    static Workload of(@Nullable Meta meta, WorkloadEntry entry) {
        return new Workload(
                meta == null ? "" : meta.name(),
                meta == null ? "" : meta.namespace(),
                meta == null ? "" : meta.name(),
                entry.address(),
                entry.ports(),
                List.of(),
                entry.labels(),
                locality(entry),
                entry.weight() == null ? 1 : Math.max(1, entry.weight()),
                entry.serviceAccount() == null ? "" : entry.serviceAccount(),
                Health.HEALTHY);
    }

    /** The one endpoint of a service that is resolved by its own name. */
    public static Workload named(String host) {
        return new Workload("", "", "", host, Map.of(), List.of(), Map.of(), Locality.NONE, 1, "", Health.HEALTHY);
    }

    private static Locality locality(WorkloadEntry entry) {
        String label = entry.labels().get("istio-locality");
        return entry.locality() != null
                ? Places.parse(entry.locality())
                // A label's value cannot hold a slash.
                : label != null ? Places.parse(label.replace('.', '/')) : Locality.NONE;
    }

    /**
     * Where this workload serves that port of a service, or null if it does not. An instance may serve one port by two sockets, one for
     * each kind of connection.
     *
     * @param mutualTls the kind of connection that is wanted; the other is given where there is no such
     */
    public @Nullable Target target(ServicePort port, boolean mutualTls) {
        if (address.startsWith("unix:")) {
            return new Target(address, 0);
        }
        if (!address.isEmpty()) {
            return new Target(address, ports.getOrDefault(port.name(), port.targetPort()));
        }
        InstancePort found = null;
        for (InstancePort own : registered) {
            if (own.servicePort() == port.number()) {
                if (takes(own, mutualTls)) {
                    return new Target(own.address(), own.boundPort());
                }
                found = found == null ? own : found;
            }
        }
        return found == null ? null : new Target(found.address(), found.boundPort());
    }

    private static boolean takes(InstancePort port, boolean mutualTls) {
        return mutualTls ? port.encryption().takesTls() : port.encryption().takesPlaintext();
    }

    /** Whether some socket that serves the port takes this kind of connection. */
    public boolean takes(ServicePort port, boolean mutualTls) {
        if (address.isEmpty()) {
            return registered.stream().anyMatch(own -> own.servicePort() == port.number() && takes(own, mutualTls));
        }
        return !mutualTls || declaresMutualTls();
    }

    /** The number by which policies know a port: that of the workload, for an instance the one that callers name. */
    public int policyPort(ServicePort port) {
        return address.isEmpty() || address.startsWith("unix:")
                ? port.number()
                : ports.getOrDefault(port.name(), port.targetPort());
    }

    /** Whether it has all these labels. */
    public boolean has(Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    /** As in Istio, a label says so, and a declared identity stands for it. */
    private boolean declaresMutualTls() {
        String said = labels.get(TLS_MODE);
        return said != null ? said.equals("istio") : !serviceAccount.isEmpty();
    }
}
