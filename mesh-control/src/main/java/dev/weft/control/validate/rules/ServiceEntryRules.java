package dev.weft.control.validate.rules;

import dev.weft.control.istio.Meta;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A ServiceEntry: hosts, ports and endpoints that its resolution can make something of. */
final class ServiceEntryRules {
    private static final String WAYPOINT = "istio.io/use-waypoint";

    private ServiceEntryRules() {}

    static void check(Place spec, Meta meta) {
        Place selector = spec.get("workloadSelector");
        Selectors.labels(selector, "labels");
        List<Place> endpoints = spec.get("endpoints").items();
        if (selector.present() && !endpoints.isEmpty()) {
            selector.error("only one of endpoints and workloadSelector may be written");
        }
        String resolution = spec.get("resolution").text();
        hosts(spec.get("hosts"), resolution);
        addresses(spec.get("addresses"), resolution);
        Set<String> ports = ports(spec.get("ports").items());
        switch (resolution) {
            case "STATIC" -> endpoints.forEach(endpoint -> WorkloadEntryRules.endpoint(endpoint, ports, false));
            case "DNS", "DNS_ROUND_ROBIN" -> dns(spec, endpoints, ports, resolution);
            case "DYNAMIC_DNS" -> onDemand(spec, meta);
            default -> none(endpoints, selector);
        }
        if (!Set.of("", "NONE").contains(resolution)
                && spec.get("hosts").items().size() > 1) {
            spec.get("ports").items().stream()
                    .map(port -> port.get("protocol"))
                    .filter(protocol -> !Protocols.http(protocol) && !Protocols.tls(protocol))
                    .findFirst()
                    .ifPresent(protocol -> protocol.error("one host, or HTTP or TLS ports, were expected: "
                            + "without them hosts cannot be told apart"));
        }
        ExportTo.check(spec.get("exportTo"), meta, true, false);
    }

    private static void hosts(Place hosts, String resolution) {
        if (hosts.items().isEmpty()) {
            hosts.error("at least one host was expected");
        }
        for (Place host : hosts.items()) {
            if (host.is("*")) {
                host.error("a host was expected, with a wildcard at most for its first label");
                continue;
            }
            Optional<String> wrong = HostNames.wildcard(host.text());
            host.error(wrong);
            if (wrong.isEmpty() && !resolution.equals("DYNAMIC_DNS")) {
                HostNames.wholeWildcard(host.text()).ifPresent(host::warning);
            }
        }
    }

    private static void addresses(Place addresses, String resolution) {
        boolean blocks = false;
        for (Place address : addresses.items()) {
            blocks |= address.text().contains("/");
            Optional<String> wrong = IpAddresses.addressOrBlock(address.text());
            address.error(wrong);
            if (wrong.isEmpty() && address.text().contains("/")) {
                address.unsupported("a call is known by its single address, not by a block");
            }
        }
        if (blocks && !Set.of("", "NONE", "STATIC").contains(resolution)) {
            addresses.error("blocks of addresses go with resolution NONE or STATIC only");
        }
    }

    private static Set<String> ports(List<Place> ports) {
        Set<String> names = new HashSet<>();
        Set<Double> numbers = new HashSet<>();
        for (Place port : ports) {
            Place name = port.get("name");
            if (!names.add(name.text())) {
                name.error("each port name once was expected");
            }
            if (!numbers.add(port.get("number").number())) {
                port.get("number").error("each port once was expected");
            }
            if (!HostNames.label(name.text())) {
                name.error("a port name was expected: letters, digits and -");
            }
            Values.port(port.get("number"));
            if (port.get("targetPort").number() != 0) {
                Values.port(port.get("targetPort"));
            }
            Protocols.optional(port.get("protocol"));
        }
        return names;
    }

    private static void none(List<Place> endpoints, Place selector) {
        if (!endpoints.isEmpty()) {
            endpoints
                    .get(0)
                    .error("resolution STATIC or DNS was expected beside endpoints; NONE goes where the caller says");
        }
        if (selector.present()) {
            selector.warning("has no effect with resolution NONE");
        }
    }

    private static void dns(Place spec, List<Place> endpoints, Set<String> ports, String resolution) {
        if (endpoints.isEmpty()) {
            for (Place host : spec.get("hosts").items()) {
                if (HostNames.fullyQualified(host.text()).isPresent()) {
                    host.error("a name that can be resolved was expected, or endpoints");
                    break;
                }
            }
        }
        if (resolution.equals("DNS_ROUND_ROBIN") && endpoints.size() > 1) {
            spec.get("endpoints").error("at most one endpoint was expected with DNS_ROUND_ROBIN");
        }
        for (Place endpoint : endpoints) {
            Place address = endpoint.get("address");
            if (!IpAddresses.address(address.text())) {
                address.error(HostNames.fullyQualified(address.text()));
            }
            WorkloadEntryRules.portsAndLabels(endpoint, ports);
        }
    }

    private static void onDemand(Place spec, Meta meta) {
        for (Place host : spec.get("hosts").items()) {
            if (!host.text().startsWith("*")) {
                host.error("a host with a wildcard was expected with DYNAMIC_DNS");
            }
        }
        List.of("addresses", "endpoints").stream()
                .map(spec::get)
                .filter(place -> !place.items().isEmpty())
                .forEach(place -> place.error("not expected with DYNAMIC_DNS, which resolves the host of each call"));
        for (Place port : spec.get("ports").items()) {
            if (!Protocols.resolvedOnDemand(port.get("protocol"))) {
                port.get("protocol").error("HTTP, HTTP2, GRPC or TLS was expected with DYNAMIC_DNS");
            }
        }
        String waypoint = meta.labels().getOrDefault(WAYPOINT, "").toLowerCase(Locale.ROOT);
        if (spec.get("location").is("MESH_INTERNAL") && !Set.of("", "none").contains(waypoint)) {
            spec.get("location").error("MESH_EXTERNAL was expected behind a waypoint");
        }
    }
}
