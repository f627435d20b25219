package dev.weft.control.grpc;

import java.util.List;

/** Istio resources in few words. */
final class Words {
    static final int PORT = 8080;

    private Words() {}

    /** A service on port 8080, with these servers behind it. */
    static String service(String name, List<InteropServer> servers) {
        StringBuilder endpoints = new StringBuilder();
        servers.forEach(
                server -> endpoints.append("  - ").append(server.endpoint()).append('\n'));
        return """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: %s}
                spec:
                  hosts: [%s.default.svc.cluster.local]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  ports: [{number: %d, name: grpc, protocol: GRPC}]
                  endpoints:
                %s""".formatted(name, name, PORT, endpoints);
    }

    /** @param policy a flow mapping: what a DestinationRule says under {@code trafficPolicy} */
    static String rule(String name, String policy) {
        return """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: %s}
                spec: {host: %s, trafficPolicy: %s}
                """.formatted(name, name, policy);
    }

    /** @param routes flow mappings: the entries under {@code http} */
    static String routes(String name, String... routes) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: %s}
                spec:
                  hosts: [%s]
                  http:
                """.formatted(name, name) + "  - " + String.join("\n  - ", routes) + "\n";
    }

    /** A route of everything that meets a condition to another service. */
    static String route(String match, String to) {
        return "{match: [" + match + "], route: [{destination: {host: " + to + "}}]}";
    }

    static String route(String to) {
        return "{route: [{destination: {host: " + to + "}}]}";
    }
}
