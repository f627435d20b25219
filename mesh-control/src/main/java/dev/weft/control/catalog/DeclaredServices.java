package dev.weft.control.catalog;

import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Meta;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.ServiceEntry;
import dev.weft.control.istio.WorkloadEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads ServiceEntries into services, one per host and namespace. */
final class DeclaredServices {
    private static final String REGISTERED_SUFFIX = ".svc." + Hosts.DOMAIN;

    private DeclaredServices() {}

    /** In order of age. Several entries for one host of one namespace are one service with the ports and endpoints of all. */
    static List<Service> of(IstioConfig config, MeshConfig mesh) {
        Map<String, Service> byName = new LinkedHashMap<>();
        for (Resource<ServiceEntry> entry : config.serviceEntries()) {
            for (String host : entry.spec().hosts()) {
                Service service = service(host.toLowerCase(Locale.ROOT), entry.meta(), entry.spec(), mesh);
                byName.merge(service.namespace() + "/" + service.host(), service, DeclaredServices::merge);
            }
        }
        return List.copyOf(byName.values());
    }

    private static Service service(String host, Meta meta, ServiceEntry entry, MeshConfig mesh) {
        List<ServicePort> ports = new ArrayList<>();
        for (ServiceEntry.Port port : entry.ports()) {
            ports.add(new ServicePort(
                    port.number(),
                    port.name(),
                    Protocol.of(port.protocol(), port.name()),
                    port.targetPort() == null || port.targetPort() == 0 ? port.number() : port.targetPort()));
        }
        ports.sort(Comparator.comparingInt(ServicePort::number));
        List<Workload> declared = new ArrayList<>();
        for (WorkloadEntry endpoint : entry.endpoints()) {
            declared.add(Workload.of(null, endpoint));
        }
        return new Service(
                host,
                shortName(host, meta.namespace()),
                meta.namespace(),
                ports,
                entry.resolution(),
                !entry.internal(),
                ExportTo.of(meta.namespace(), entry.exportTo(), mesh.defaultServiceExportTo()),
                entry.addresses(),
                entry.subjectAltNames(),
                declared,
                entry.workloadSelector());
    }

    private static String shortName(String host, String namespace) {
        String suffix = "." + namespace + REGISTERED_SUFFIX;
        return host.endsWith(suffix) ? host.substring(0, host.length() - suffix.length()) : host;
    }

    /** The older one decides what both say; ports and endpoints add up. */
    static Service merge(Service older, Service newer) {
        return new Service(
                older.host(),
                older.name(),
                older.namespace(),
                mergePorts(older.ports(), newer.ports()),
                older.resolution(),
                older.external(),
                older.exportTo(),
                distinct(older.addresses(), newer.addresses()),
                distinct(older.subjectAltNames(), newer.subjectAltNames()),
                distinct(older.declared(), newer.declared()),
                or(older.selector(), newer.selector()));
    }

    private static List<ServicePort> mergePorts(List<ServicePort> older, List<ServicePort> newer) {
        List<ServicePort> ports = new ArrayList<>(older);
        for (ServicePort port : newer) {
            if (older.stream().noneMatch(known -> known.number() == port.number())) {
                ports.add(port);
            }
        }
        ports.sort(Comparator.comparingInt(ServicePort::number));
        return ports;
    }

    private static <T> List<T> distinct(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        second.stream().filter(element -> !all.contains(element)).forEach(all::add);
        return all;
    }

    private static @Nullable Map<String, String> or(
            @Nullable Map<String, String> first, @Nullable Map<String, String> second) {
        return first == null ? second : first;
    }
}
