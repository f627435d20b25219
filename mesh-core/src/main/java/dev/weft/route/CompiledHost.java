package dev.weft.route;

import dev.weft.config.VirtualHost;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Randomness;
import org.jspecify.annotations.Nullable;

/** A virtual host with its routes made ready. Kept from one snapshot to the next while the record is the same. */
final class CompiledHost {
    final VirtualHost host;
    final CompiledRoute[] routes;

    CompiledHost(VirtualHost host) {
        this.host = host;
        routes = new CompiledRoute[host.routes().size()];
        for (int i = 0; i < routes.length; i++) {
            routes[i] = new CompiledRoute(host, host.routes().get(i), i);
        }
    }

    @Nullable
    CompiledRoute route(RequestHead head, String barePath, Randomness dice) {
        for (CompiledRoute route : routes) {
            if (route.matches(head, barePath, dice)) {
                return route;
            }
        }
        return null;
    }
}
