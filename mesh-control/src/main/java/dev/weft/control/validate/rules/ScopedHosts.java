package dev.weft.control.validate.rules;

import java.util.Optional;

/** Hosts that are written with a namespace, {@code namespace/host}, by Gateways and Sidecars. */
final class ScopedHosts {
    private ScopedHosts() {}

    static void gateway(Place host, boolean nobody) {
        int slash = host.text().indexOf('/');
        if (slash >= 0) {
            String namespace = host.text().substring(0, slash);
            boolean special = namespace.equals("*") || namespace.equals(".") || nobody && namespace.equals("~");
            if (!special && !HostNames.label(namespace)) {
                host.error("a namespace, . or * was expected before the slash");
            }
        }
        host(host, host.text().substring(slash + 1), true);
    }

    static void sidecar(Place host) {
        int slash = host.text().indexOf('/');
        if (slash < 0) {
            host.error("namespace/host was expected, such as ./reviews.default.svc.cluster.local or */*");
            return;
        }
        String written = host.text().substring(0, slash);
        String namespace = written.startsWith("~") ? written.substring(1) : written;
        boolean any = namespace.equals("*") || namespace.equals(".") || namespace.isEmpty();
        if (written.isEmpty() || !any && !HostNames.label(namespace)) {
            host.error("a namespace, ., * or ~ was expected before the slash");
        }
        host(host, host.text().substring(slash + 1), false);
    }

    private static void host(Place place, String host, boolean addresses) {
        Optional<String> wrong = HostNames.wildcard(host);
        if (wrong.isPresent() && addresses && IpAddresses.address(host)) {
            wrong = Optional.empty();
        }
        if (wrong.isEmpty() && !host.equals("*") && !host.contains(".") && !host.contains(":")) {
            wrong = Optional.of("a full name was expected, such as reviews.default.svc.cluster.local");
        }
        place.error(wrong.or(() -> HostNames.wholeWildcard(host)));
    }
}
