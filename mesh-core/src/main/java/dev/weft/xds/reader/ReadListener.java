package dev.weft.xds.reader;

import dev.weft.config.RouteConfiguration;
import java.util.List;

/**
 * What a listener says to a process that calls out.
 *
 * @param name resource name
 * @param kind what it is for
 * @param port service port whose calls it takes, 0 if there is none
 * @param routeNames route configurations to ask for
 * @param inline route configurations that it carries itself
 */
public record ReadListener(String name, Kind kind, int port, List<String> routeNames, List<RouteConfiguration> inline) {
    public ReadListener {
        routeNames = List.copyOf(routeNames);
        inline = List.copyOf(inline);
    }

    /** What a listener is for. */
    public enum Kind {
        /** One host and port, subscribed by name. */
        API,
        /** A port of a sidecar. */
        PORT,
        /** A port on which a sidecar speaks no HTTP. */
        TCP,
        /** Everything that no other listener takes is let through. */
        PASS_OTHERS,
        /** Everything that no other listener takes is blocked. */
        BLOCK_OTHERS,
        /** Requests that come in. */
        INBOUND
    }
}
