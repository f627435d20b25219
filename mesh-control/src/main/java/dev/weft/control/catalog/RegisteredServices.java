package dev.weft.control.catalog;

import dev.weft.control.istio.ServiceEntry.Resolution;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import dev.weft.control.registry.Registration.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What registered instances make of their service: its ports are the ports that any of them serves. */
final class RegisteredServices {
    private RegisteredServices() {}

    static Service of(ServiceKey key, List<Registration> instances, ExportTo exportTo) {
        TreeMap<Integer, ServicePort> ports = new TreeMap<>();
        for (Registration instance : instances) {
            for (InstancePort port : instance.ports()) {
                ports.putIfAbsent(
                        port.servicePort(),
                        new ServicePort(
                                port.servicePort(),
                                port.name(),
                                Protocol.of(port.protocol(), port.name()),
                                port.servicePort()));
            }
        }
        return new Service(
                Hosts.registered(key.service(), key.namespace()),
                key.service(),
                key.namespace(),
                new ArrayList<>(ports.values()),
                Resolution.STATIC,
                false,
                exportTo,
                List.of(),
                List.of(),
                List.of(),
                null);
    }
}
