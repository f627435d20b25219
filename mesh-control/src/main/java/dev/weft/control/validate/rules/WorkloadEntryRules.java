package dev.weft.control.validate.rules;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One endpoint: an address, ports by name, labels. */
final class WorkloadEntryRules {
    private WorkloadEntryRules() {}

    static void check(Place entry) {
        endpoint(entry, null, true);
    }

    /**
     * Checks an endpoint.
     *
     * @param ports names of the service's ports, or null if it is not known whose endpoint this is
     * @param names whether a host name will do for an address
     */
    static void endpoint(Place entry, @Nullable Set<String> ports, boolean names) {
        Place address = entry.get("address");
        String text = address.text();
        if (text.isEmpty()) {
            if (entry.get("network").text().isEmpty()) {
                address.error("an address was expected");
                return;
            }
            address.warning("without an address the endpoint is reached by its network's gateway");
        } else if (Values.unixSocket(text)) {
            address.error(Values.socketPath(text));
            if (!entry.get("ports").entries().isEmpty()) {
                entry.get("ports").error("a socket has no ports");
            }
            if (ports != null && ports.size() != 1) {
                address.error("a socket serves a ServiceEntry with exactly one port");
            }
        } else if (!IpAddresses.address(text)
                && (!names || HostNames.fullyQualified(text).isPresent())) {
            address.error(names ? "an IP address or a host name was expected" : "an IP address was expected");
        }
        portsAndLabels(entry, ports);
    }

    static void portsAndLabels(Place entry, @Nullable Set<String> ports) {
        entry.get("ports").entries().forEach((name, port) -> {
            if (ports != null && !ports.contains(name)) {
                port.error("the name of one of the ServiceEntry's ports was expected, was \"" + name + "\"");
            } else if (!HostNames.label(name)) {
                port.error("a port name was expected: letters, digits and -");
            }
            Values.port(port);
        });
        Values.labels(entry.get("labels"));
    }
}
