package dev.weft.control.validate.rules;

import dev.weft.control.istio.Meta;
import java.util.HashSet;
import java.util.Set;

/** A Gateway: servers with hosts, ports and TLS that fit each other. */
final class GatewayRules {
    /** Marks what was made from a Gateway of Kubernetes' own API, which may expose nothing. */
    private static final String CONVERTED = "internal.istio.io/gateway-semantics";

    private GatewayRules() {}

    static void check(Place spec, Meta meta) {
        boolean converted = "gateway".equals(meta.annotations().get(CONVERTED));
        if (!converted && !HostNames.label(meta.name())) {
            Place.of(null, "metadata", meta.line(), spec.problems())
                    .get("name")
                    .error("a name without dots was expected for a Gateway, was \"" + meta.name() + "\"");
        }
        if (spec.get("servers").items().isEmpty()) {
            spec.get("servers").error("at least one server was expected");
        }
        Set<String> names = new HashSet<>();
        for (Place server : spec.get("servers").items()) {
            server(server, converted);
            Place port = server.get("port");
            if (port.present() && !names.add(port.get("name").text())) {
                port.get("name").error("each port name once was expected");
            }
        }
    }

    private static void server(Place server, boolean converted) {
        if (server.get("hosts").items().isEmpty()) {
            server.get("hosts").error("at least one host was expected");
        }
        server.get("hosts").items().forEach(host -> ScopedHosts.gateway(host, converted));
        boolean port = port(server.get("port"), server.get("bind"));
        Place tls = server.get("tls");
        ServerTls.check(tls);
        if (port) {
            tls(server.get("port").get("protocol"), tls);
        }
    }

    private static boolean port(Place port, Place bind) {
        boolean socket = Values.unixSocket(bind.text());
        if (socket) {
            bind.error(Values.socketPath(bind.text()));
            if (port.get("number").number() != 0) {
                port.get("number").error("a socket has no port number; leave it out");
            }
        } else if (!bind.text().isEmpty() && !IpAddresses.address(bind.text())) {
            bind.error("an IP address or unix:///path was expected");
        }
        if (!port.present()) {
            port.error("a port was expected");
            return false;
        }
        boolean protocol = Protocols.known(port.get("protocol"));
        boolean number = Values.port(port.get("number").number())
                || socket && port.get("number").number() == 0;
        boolean named = !port.get("name").text().isEmpty();
        boolean target = port.get("targetPort").number() > 0;
        if (!protocol) {
            port.get("protocol").error("a protocol was expected: HTTP, HTTPS, GRPC, GRPC-WEB, HTTP2, MONGO, TCP, TLS");
        }
        if (!number) {
            port.get("number").error("a port from 1 to 65535 was expected");
        }
        if (!named) {
            port.get("name").error("a name was expected");
        }
        if (target) {
            port.get("targetPort").error("a Gateway has no targetPort");
        }
        return protocol && number && named && !target;
    }

    private static void tls(Place protocol, Place tls) {
        if (Protocols.tls(protocol)) {
            if (!tls.present()) {
                tls.error("TLS settings were expected for " + protocol.text());
            }
        } else if (tls.present() && !Protocols.http(protocol)) {
            tls.error("no TLS settings were expected for " + protocol.text());
        } else if (tls.present() && !redirectOnly(tls)) {
            tls.error("only httpsRedirect was expected for " + protocol.text());
        }
        if (tls.get("httpsRedirect").flag() && !Protocols.http(protocol)) {
            tls.get("httpsRedirect").warning("only HTTP ports redirect");
        }
    }

    private static boolean redirectOnly(Place tls) {
        return ServerTls.passesThrough(tls)
                && tls.get("caCertificates").text().isEmpty()
                && tls.get("privateKey").text().isEmpty()
                && tls.get("serverCertificate").text().isEmpty();
    }
}
