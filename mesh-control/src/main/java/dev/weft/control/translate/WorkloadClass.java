package dev.weft.control.translate;

import dev.weft.control.ads.ClientNode;
import dev.weft.control.catalog.Catalog;
import dev.weft.control.catalog.InboundPolicies;
import dev.weft.control.catalog.Protocol;
import dev.weft.control.catalog.Service;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import dev.weft.control.translate.inbound.AuthorizationServices;
import dev.weft.control.translate.inbound.InboundListener;
import dev.weft.control.translate.inbound.KeySets;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What makes a difference for what arrives: two workloads that are equal get the same listener.
 *
 * @param namespace where they live
 * @param labels those that some policy asks for
 * @param ports that they serve, by the number that callers name
 */
record WorkloadClass(String namespace, Map<String, String> labels, Map<Integer, Protocol> ports) {

    static WorkloadClass of(Catalog catalog, ClientNode node) {
        Map<Integer, Protocol> ports = new TreeMap<>();
        Registration registration = node.registration();
        if (registration != null) {
            for (InstancePort port : registration.ports()) {
                ports.put(port.servicePort(), Protocol.of(port.protocol(), port.name()));
            }
        }
        return new WorkloadClass(node.namespace(), catalog.security().relevant(node.labels()), Map.copyOf(ports));
    }

    Listener listener(Catalog catalog, KeySets keys) {
        InboundPolicies policies = catalog.security().of(namespace, labels);
        AuthorizationServices services =
                new AuthorizationServices(catalog.mesh(), (service, port) -> host(catalog, service, port));
        return InboundListener.write(policies, ports, catalog.mesh(), services, keys);
    }

    /** The host of {@code [NAMESPACE/]HOST}, if these workloads can call it on that port. */
    private @Nullable String host(Catalog catalog, String named, int port) {
        int slash = named.indexOf('/');
        Service service = catalog.services().visible(named.substring(slash + 1), namespace);
        if (service == null || service.port(port) == null) {
            return null;
        }
        return slash < 0 || service.namespace().equals(named.substring(0, slash)) ? service.host() : null;
    }
}
