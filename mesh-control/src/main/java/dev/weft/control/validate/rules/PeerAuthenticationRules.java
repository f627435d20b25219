package dev.weft.control.validate.rules;

import java.util.Map;

/** A PeerAuthentication: ports by number, and only for selected workloads. */
final class PeerAuthenticationRules {
    private PeerAuthenticationRules() {}

    static void check(Place spec) {
        Place selector = spec.get("selector");
        Selectors.labels(selector, "matchLabels");
        Place ports = spec.get("portLevelMtls");
        Map<String, Place> entries = ports.entries();
        if (ports.present() && entries.isEmpty()) {
            ports.error("at least one port was expected");
        }
        if (!entries.isEmpty() && selector.get("matchLabels").entries().isEmpty()) {
            ports.error("a selector was expected beside it: ports belong to workloads");
        }
        entries.forEach((port, place) -> {
            if (port.length() > 5
                    || !port.chars().allMatch(c -> c >= '0' && c <= '9')
                    || !Values.port(Integer.parseInt(port))) {
                place.error("a port from 1 to 65535 was expected, was " + port);
            }
        });
    }
}
