package dev.weft.xds.reader;

import dev.weft.config.InboundPolicy;
import dev.weft.config.RouteConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listener says.
 *
 * @param name resource name
 * @param kind what it is for
 * @param port service port whose calls it takes, 0 if there is none
 * @param routeNames route configurations to ask for
 * @param inline route configurations that it carries itself
 * @param inbound for {@link Kind#INBOUND}, and only then: who is let in
 */
public record ReadListener(
        String name,
        Kind kind,
        int port,
        List<String> routeNames,
        List<RouteConfiguration> inline,
        @Nullable InboundPolicy inbound) {
    public ReadListener {
        routeNames = List.copyOf(routeNames);
        inline = List.copyOf(inline);
    }

    /** One for calls that go out. */
    ReadListener(String name, Kind kind, int port, List<String> routeNames, List<RouteConfiguration> inline) {
        this(name, kind, port, routeNames, inline, null);
    }

    /** One for requests that come in. */
    static ReadListener inbound(String name, int port, InboundPolicy policy) {
        return new ReadListener(name, Kind.INBOUND, port, List.of(), List.of(), policy);
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
