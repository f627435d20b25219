package dev.weft.spring;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done with requests that arrive.
 *
 * @param enabled false: the application's servers are left as they are, no policy is enforced on them
 * @param principal whether the caller is the request's principal where the application has none of its own
 * @param excludePorts ports that are left as they are: numbers, and {@code management} for the management server's
 */
public record InboundProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean principal,
        @DefaultValue("management") List<String> excludePorts) {
    private static final String MANAGEMENT = "management";

    /** @throws IllegalArgumentException if one is neither a port nor {@code management} */
    public InboundProperties {
        excludePorts = List.copyOf(excludePorts);
        for (String port : excludePorts) {
            if (!port.equals(MANAGEMENT) && !isNumber(port)) {
                throw new IllegalArgumentException(
                        "mesh.inbound.exclude-ports: " + port + ": a port number or management was expected");
            }
        }
    }

    private static boolean isNumber(String port) {
        return port.matches("[1-9][0-9]{0,4}") && Integer.parseInt(port) <= 65_535;
    }

    /** As if nothing had been said. */
    public static InboundProperties defaults() {
        return new InboundProperties(true, true, List.of(MANAGEMENT));
    }

    /** Whether the server of a management port of its own is left as it is. */
    public boolean excludesManagement() {
        return excludePorts.contains(MANAGEMENT);
    }

    /** Whether this port is left as it is. */
    public boolean excludes(int port) {
        return excludePorts.contains(Integer.toString(port));
    }
}
