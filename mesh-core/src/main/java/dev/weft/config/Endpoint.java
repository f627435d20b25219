package dev.weft.config;

import java.util.Map;

/**
 * One address of a service, as the control plane said.
 *
 * @param address IP literal, host name or {@code unix:} path
 * @param port 0 for unix sockets
 * @param health said by the control plane
 * @param weight at least 1
 * @param hostname for host-name hashing, or empty
 * @param metadata flat: {@code tlsMode}, {@code hash_key}, {@code workload}, labels as {@code label:version}
 */
public record Endpoint(
        String address, int port, Health health, int weight, String hostname, Map<String, String> metadata) {
    public Endpoint {
        metadata = Map.copyOf(metadata);
        if (weight < 1) {
            throw new IllegalArgumentException("weight " + weight + " of " + address + ": at least 1 was expected");
        }
    }

    /** A healthy endpoint of weight 1. */
    public static Endpoint of(String address, int port) {
        return new Endpoint(address, port, Health.HEALTHY, 1, "", Map.of());
    }

    /** {@code 10.0.0.1:80}, {@code [::1]:80}. */
    public String hostAndPort() {
        return address.indexOf(':') >= 0 && !address.startsWith("unix:")
                ? "[" + address + "]:" + port
                : address + ":" + port;
    }

    /** Health as EDS words it; HEALTHY covers UNKNOWN. */
    public enum Health {
        HEALTHY,
        DEGRADED,
        UNHEALTHY,
        DRAINING
    }
}
