package dev.weft.control.validate.rules;

import dev.weft.control.istio.Meta;
import java.util.List;
import java.util.Optional;

/** A VirtualService: its hosts, where it applies, and its rules. */
final class VirtualServiceRules {
    private static final String CLAIM = "@request.auth.claims";
    private static final String AUTOMATIC = "outbound_";

    private VirtualServiceRules() {}

    static void check(Place spec, Meta meta) {
        List<Place> hosts = spec.get("hosts").items();
        boolean delegate = hosts.isEmpty();
        if (delegate) {
            List.of("gateways", "tls", "tcp").stream()
                    .map(spec::get)
                    .filter(place -> !place.items().isEmpty())
                    .forEach(place ->
                            place.error("not expected in a VirtualService without hosts, which is a delegate"));
        }
        Place gateways = spec.get("gateways");
        gateways(gateways);
        boolean bound = !gateways.items().isEmpty() && !gateways.texts().contains("mesh");
        if (bound) {
            gateways.unsupported("only gateways use it, which need a proxy process at the edge");
        } else {
            spec.get("http").items().forEach(VirtualServiceRules::noClaims);
        }
        hosts(spec, hosts, bound);
        if (List.of("http", "tcp", "tls").stream()
                .allMatch(name -> spec.get(name).items().isEmpty())) {
            spec.error("http, tcp or tls was expected");
        }
        spec.get("http").items().forEach(route -> HttpRouteRules.check(route, delegate));
        spec.get("tls").items().forEach(route -> Layer4Rules.tls(route, hosts, bound));
        spec.get("tcp").items().forEach(Layer4Rules::tcp);
        ExportTo.check(spec.get("exportTo"), meta, false, false);
        UnreachableRoutes.warn(spec.get("http").items());
    }

    /** Gateways by {@code namespace/name}, or the old way by a host-like name. */
    static void gateways(Place gateways) {
        for (Place gateway : gateways.items()) {
            int slash = gateway.text().indexOf('/');
            if (slash < 0) {
                gateway.error(HostNames.fullyQualified(gateway.text()));
            } else if (!HostNames.label(gateway.text().substring(0, slash))
                    || !HostNames.label(gateway.text().substring(slash + 1))) {
                gateway.error("namespace/name of a Gateway was expected");
            }
        }
    }

    static boolean claim(String header) {
        String rest = header.startsWith(CLAIM) ? header.substring(CLAIM.length()) : "";
        return rest.startsWith(".") && rest.length() > 1
                || rest.startsWith("[") && rest.endsWith("]") && rest.length() > 2;
    }

    private static void noClaims(Place route) {
        for (Place match : route.get("match").items()) {
            for (String field : List.of("headers", "withoutHeaders")) {
                match.get(field).entries().forEach((name, value) -> {
                    if (claim(name)) {
                        value.error("only gateways route by the claims of a token");
                    }
                });
            }
        }
    }

    private static void hosts(Place spec, List<Place> hosts, boolean bound) {
        boolean sni = spec.get("tls").items().stream()
                .flatMap(route -> route.get("match").items().stream())
                .anyMatch(match -> !match.get("sniHosts").items().isEmpty());
        boolean good = true;
        for (Place host : hosts) {
            Optional<String> wrong =
                    IpAddresses.address(host.text()) ? Optional.empty() : host(host.text(), bound && sni);
            if (wrong.isEmpty() && !bound && host.is("*")) {
                wrong = Optional.of("* was expected only together with gateways");
            }
            host.error(wrong);
            good &= wrong.isEmpty();
        }
        for (int i = 0; good && i < hosts.size(); i++) {
            for (Place earlier : hosts.subList(0, i)) {
                if (HostNames.overlap(earlier.text(), hosts.get(i).text())) {
                    hosts.get(i).error("hosts that do not overlap were expected; " + earlier.text() + " does");
                }
            }
        }
    }

    /** Names such as {@code outbound_.80_._.reviews.default.svc} come from gateways that pass TLS on. */
    static Optional<String> host(String host, boolean passedOn) {
        if (!passedOn || !host.startsWith(AUTOMATIC)) {
            return HostNames.wildcard(host);
        }
        String[] parts = host.split("_", -1);
        boolean right = parts.length >= 4
                && parts[1].chars().anyMatch(c -> c >= '0' && c <= '9')
                && parts[3].chars().anyMatch(Character::isLetter);
        return right ? Optional.empty() : Optional.of("outbound_.PORT_._.HOST was expected");
    }
}
