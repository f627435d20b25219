package dev.weft.config;

import java.util.List;

/**
 * The virtual hosts that a port's requests are matched against.
 *
 * @param name resource name
 * @param virtualHosts domains are unique over all of them
 * @param ignorePort the port in the authority takes no part in the match
 */
public record RouteConfiguration(String name, List<VirtualHost> virtualHosts, boolean ignorePort) {
    public RouteConfiguration {
        virtualHosts = List.copyOf(virtualHosts);
    }
}
