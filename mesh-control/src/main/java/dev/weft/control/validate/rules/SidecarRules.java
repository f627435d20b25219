package dev.weft.control.validate.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A Sidecar: what some workloads see (egress) and listen on (ingress). */
final class SidecarRules {
    private static final Set<String> LOCAL = Set.of("", "127.0.0.1", "0.0.0.0", "::1", "::");

    private SidecarRules() {}

    static void check(Place spec) {
        Selectors.labels(spec.get("workloadSelector"), "labels");
        boolean says = spec.get("outboundTrafficPolicy").present()
                || spec.get("inboundConnectionPool").present()
                || Stream.of("egress", "ingress")
                        .anyMatch(name -> !spec.get(name).items().isEmpty());
        if (!says) {
            spec.error("egress, ingress, outboundTrafficPolicy or inboundConnectionPool was expected");
            return;
        }
        Set<Double> ports = new HashSet<>();
        spec.get("ingress").items().forEach(listener -> ingress(listener, ports));
        ConnectionPoolRules.check(spec.get("inboundConnectionPool"));
        egress(spec.get("egress").items());
        outbound(spec.get("outboundTrafficPolicy"));
    }

    private static void ingress(Place listener, Set<Double> ports) {
        Place port = listener.get("port");
        if (!port.present()) {
            port.error("a port was expected");
            return;
        }
        port(port);
        Values.port(port.get("number"));
        address(listener.get("bind"));
        if (!ports.add(port.get("number").number())) {
            port.get("number").error("each port once was expected");
        }
        endpoint(listener.get("defaultEndpoint"));
        tls(listener.get("tls"), port.get("protocol"));
        ConnectionPoolRules.check(listener.get("connectionPool"));
    }

    private static void port(Place port) {
        if (!port.get("name").text().isEmpty()
                && !HostNames.label(port.get("name").text())) {
            port.get("name").error("letters, digits and - were expected");
        }
        Protocols.optional(port.get("protocol"));
        if (port.get("targetPort").number() > 0) {
            port.get("targetPort").error("a Sidecar has no targetPort");
        }
    }

    private static void address(Place bind) {
        if (!bind.text().isEmpty() && !IpAddresses.address(bind.text())) {
            bind.error("an IP address was expected");
        }
    }

    private static void endpoint(Place endpoint) {
        String text = endpoint.text();
        if (text.isEmpty()) {
            return;
        }
        if (Values.unixSocket(text)) {
            endpoint.error(Values.socketPath(text));
            return;
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        String bare = brackets ? host.substring(1, host.length() - 1) : host;
        String port = text.substring(colon + 1);
        boolean number = port.length() <= 5 && !port.isEmpty() && port.chars().allMatch(c -> c >= '0' && c <= '9');
        if (colon < 0 || brackets != bare.contains(":") || !LOCAL.contains(bare)) {
            endpoint.error("127.0.0.1:PORT, 0.0.0.0:PORT, [::1]:PORT, [::]:PORT or unix:///path was expected");
        } else if (!number || !Values.port(Integer.parseInt(port))) {
            endpoint.error("a port from 1 to 65535 was expected after the colon");
        }
    }

    private static void tls(Place tls, Place protocol) {
        if (!tls.present()) {
            return;
        }
        List.of("subjectAltNames", "credentialName", "credentialNames", "tlsCertificates").stream()
                .map(tls::get)
                .filter(Place::filled)
                .forEach(field -> field.error("a Sidecar does not have it"));
        if (tls.get("httpsRedirect").flag()) {
            tls.get("httpsRedirect").error("a Sidecar does not redirect");
        }
        if (Set.of("ISTIO_MUTUAL", "AUTO_PASSTHROUGH").contains(ServerTls.mode(tls))) {
            tls.get("mode").error("a Sidecar's own certificates: SIMPLE, MUTUAL, OPTIONAL_MUTUAL or PASSTHROUGH");
        }
        if (!Protocols.tls(protocol)) {
            tls.error("no TLS settings were expected for a port that is neither HTTPS nor TLS");
        }
        ServerTls.check(tls);
    }

    private static void egress(List<Place> listeners) {
        Set<Double> ports = new HashSet<>();
        Set<String> sockets = new HashSet<>();
        for (int i = 0; i < listeners.size(); i++) {
            Place listener = listeners.get(i);
            Place port = listener.get("port");
            if (port.present()) {
                egressPort(listener, port, ports, sockets);
            } else if (i < listeners.size() - 1) {
                port.error("the listener without a port catches all others and must be the last");
            }
            if (listener.get("hosts").items().isEmpty()) {
                listener.get("hosts").error("at least one host was expected");
            }
            listener.get("hosts").items().forEach(ScopedHosts::sidecar);
        }
    }

    private static void egressPort(Place listener, Place port, Set<Double> ports, Set<String> sockets) {
        port(port);
        double number = port.get("number").number();
        Place bind = listener.get("bind");
        if (number != 0) {
            Values.port(port.get("number"));
            address(bind);
            if (!ports.add(number)) {
                port.get("number").error("each port once was expected");
            }
            return;
        }
        if (!Values.unixSocket(bind.text())) {
            bind.error("unix:///path was expected for a listener without a port number");
        } else {
            bind.error(Values.socketPath(bind.text()));
        }
        if (listener.get("captureMode").is("IPTABLES")) {
            listener.get("captureMode").error("traffic to a socket cannot be captured: DEFAULT or NONE was expected");
        }
        if (!sockets.add(bind.text())) {
            bind.error("each socket once was expected");
        }
    }

    private static void outbound(Place policy) {
        Place proxy = policy.get("egressProxy");
        if (!proxy.present()) {
            return;
        }
        if (!policy.get("mode").is("ALLOW_ANY")) {
            proxy.error("only mode ALLOW_ANY has a proxy");
            return;
        }
        proxy.get("host").error(HostNames.fullyQualified(proxy.get("host").text()));
        if (proxy.get("port").present()) {
            HttpDestinations.destination(proxy);
        } else {
            proxy.get("port").error("a port was expected");
        }
    }
}
