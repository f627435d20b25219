package dev.weft.control.catalog;

import dev.weft.control.istio.ServiceEntry.Resolution;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as callers see it; who is behind it, is in {@link Workloads}. Equal while its definition is the same.
 *
 * @param host fully qualified name, or a wildcard
 * @param name short name of a registered service, else the host
 * @param namespace where it lives
 * @param ports in order of number
 * @param resolution where addresses come from
 * @param external outside the mesh
 * @param exportTo who may see it
 * @param addresses its own addresses, by which callers may know it too
 * @param subjectAltNames identities of which its servers must show one; may be empty
 * @param declared endpoints written in the ServiceEntry
 * @param selector labels of the workloads behind it, or null
 */
public record Service(
        String host,
        String name,
        String namespace,
        List<ServicePort> ports,
        Resolution resolution,
        boolean external,
        ExportTo exportTo,
        List<String> addresses,
        List<String> subjectAltNames,
        List<Workload> declared,
        @Nullable Map<String, String> selector) {
    public Service {
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
        subjectAltNames = List.copyOf(subjectAltNames);
        declared = List.copyOf(declared);
        selector = selector == null ? null : Map.copyOf(selector);
    }

    public @Nullable ServicePort port(int number) {
        for (ServicePort port : ports) {
            if (port.number() == number) {
                return port;
            }
        }
        return null;
    }

    /** Whether addresses are resolved by name, by the clients. */
    public boolean isResolvedByName() {
        return resolution == Resolution.DNS || resolution == Resolution.DNS_ROUND_ROBIN;
    }

    /** Whether the caller's own address is dialled. */
    public boolean isPassThrough() {
        return resolution == Resolution.NONE || resolution == Resolution.DYNAMIC_DNS;
    }
}
