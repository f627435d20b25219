package dev.weft.control.validate.rules;

import java.util.List;
import java.util.Optional;

/** TLS and TCP routes of a VirtualService. */
final class Layer4Rules {
    private Layer4Rules() {}

    static void tls(Place route, List<Place> hosts, boolean bound) {
        if (route.get("match").items().isEmpty()) {
            route.get("match").error("at least one match was expected");
        }
        for (Place match : route.get("match").items()) {
            if (match.get("sniHosts").items().isEmpty()) {
                match.get("sniHosts").error("at least one host was expected");
            }
            match.get("sniHosts").items().forEach(sni -> sni(sni, hosts, bound));
            match(match);
        }
        destinations(route);
    }

    static void tcp(Place route) {
        route.get("match").items().forEach(Layer4Rules::match);
        destinations(route);
    }

    private static void destinations(Place route) {
        if (route.get("route").items().isEmpty()) {
            route.get("route").error("at least one destination was expected");
        }
        HttpDestinations.weighted(route.get("route"));
    }

    private static void match(Place match) {
        for (Place subnet : match.get("destinationSubnets").items()) {
            subnet.error(IpAddresses.addressOrBlock(subnet.text()));
        }
        if (match.get("port").number() != 0) {
            Values.port(match.get("port"));
        }
        Values.labels(match.get("sourceLabels"));
        VirtualServiceRules.gateways(match.get("gateways"));
    }

    private static void sni(Place sni, List<Place> hosts, boolean bound) {
        Optional<String> wrong = VirtualServiceRules.host(sni.text(), bound);
        if (wrong.isPresent()) {
            if (IpAddresses.address(sni.text())) {
                sni.warning("an IP address is no server name; clients do not send it");
            } else {
                sni.error(wrong);
            }
        } else if (hosts.stream().noneMatch(host -> HostNames.covers(host.text(), sni.text()))) {
            sni.error("a name within the hosts of the VirtualService was expected");
        }
    }
}
