package dev.weft.control.interop;

import java.util.ArrayList;
import java.util.List;

/** Istio YAML of a service {@code greeter} with two versions. */
final class Yaml {
    private Yaml() {}

    /**
     * The service, its subsets and its split.
     *
     * @param port the service's port
     * @param protocol in Istio's words
     * @param v1 where version v1 listens
     * @param v2 where version v2 listens
     * @param toV2 percent of calls that go to v2
     */
    static String greeter(int port, String protocol, List<Integer> v1, List<Integer> v2, int toV2) {
        List<String> endpoints = new ArrayList<>();
        v1.forEach(bound -> endpoints.add(endpoint("v1", bound)));
        v2.forEach(bound -> endpoints.add(endpoint("v2", bound)));
        return """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: greeter}
                spec:
                  hosts: [greeter.default.svc.cluster.local]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  ports: [{number: %d, name: main, protocol: %s}]
                  endpoints:
                %s
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: greeter}
                spec:
                  host: greeter
                  subsets:
                  - {name: v1, labels: {version: v1}}
                  - {name: v2, labels: {version: v2}}
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: greeter}
                spec:
                  hosts: [greeter]
                  http:
                  - route:
                    - {destination: {host: greeter, subset: v1}, weight: %d}
                    - {destination: {host: greeter, subset: v2}, weight: %d}
                """.formatted(port, protocol, String.join("\n", endpoints), 100 - toV2, toV2);
    }

    private static String endpoint(String version, int bound) {
        return "  - {address: 127.0.0.1, ports: {main: " + bound + "}, labels: {version: " + version + "}}";
    }
}
