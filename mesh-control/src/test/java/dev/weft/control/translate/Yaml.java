package dev.weft.control.translate;

/** Istio resources in few words. */
final class Yaml {
    static final String REVIEWS = serviceEntry("reviews", "{number: 9080, name: http, protocol: HTTP}");
    static final String RATINGS = serviceEntry("ratings", "{number: 9080, name: http, protocol: HTTP}");
    static final String SUBSETS = destinationRule("reviews", """
              subsets:
              - {name: v1, labels: {version: v1}}
              - {name: v2, labels: {version: v2}}
              - {name: v3, labels: {version: v3}}
            """);

    private Yaml() {}

    static String serviceEntry(String name, String ports) {
        return resource("ServiceEntry", name, "default", """
                  hosts: [%s.default.svc.cluster.local]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  ports: [%s]
                  endpoints:
                  - {address: 127.0.2.1, labels: {version: v1}}
                  - {address: 127.0.2.2, labels: {version: v2}}
                  - {address: 127.0.2.3, labels: {version: v3}}
                """.formatted(name, ports));
    }

    /** @param http the list under {@code http:}, without indentation */
    static String virtualService(String host, String http) {
        return virtualService(host, "default", host, http);
    }

    static String virtualService(String name, String namespace, String host, String http) {
        return resource(
                "VirtualService",
                name,
                namespace,
                "  hosts: [\"" + host + "\"]\n  http:\n" + http.stripTrailing().indent(2));
    }

    static String destinationRule(String host, String spec) {
        return resource("DestinationRule", host, "default", "  host: " + host + "\n" + spec);
    }

    /** @param spec indented by two */
    static String resource(String kind, String name, String namespace, String spec) {
        return "apiVersion: networking.istio.io/v1\nkind: " + kind + "\nmetadata: {name: \"" + name + "\", namespace: "
                + namespace + "}\nspec:\n" + spec;
    }
}
