package dev.weft.control.catalog;

import dev.weft.control.istio.HttpRoute;
import dev.weft.control.istio.Meta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VirtualService as clients follow it: hosts resolved, delegates merged in.
 *
 * @param meta of the VirtualService
 * @param hosts fully qualified or wildcards
 * @param exportTo who follows it
 * @param gateways its attach points; empty means the mesh
 * @param routes in order
 */
public record Rule(Meta meta, List<String> hosts, ExportTo exportTo, List<String> gateways, List<Entry> routes) {
    public Rule {
        hosts = List.copyOf(hosts);
        gateways = List.copyOf(gateways);
        routes = List.copyOf(routes);
    }

    /**
     * One entry of {@code http}.
     *
     * @param route what was written, with what a delegate inherits
     * @param owner the VirtualService that wrote it: short host names are resolved in its namespace
     * @param index in {@code http} of its owner, from 0
     * @param timeoutFrom who wrote the timeout where it is inherited, else null
     * @param retriesFrom likewise
     */
    public record Entry(
            HttpRoute route,
            Meta owner,
            int index,
            @Nullable Author timeoutFrom,
            @Nullable Author retriesFrom) {
        /** One that inherits nothing. */
        Entry(HttpRoute route, Meta owner, int index) {
            this(route, owner, index, null, null);
        }
    }

    /**
     * An entry of {@code http}, as the one who wrote something.
     *
     * @param index from 0
     */
    public record Author(Meta meta, int index, int line) {
        /** {@code VirtualService default/reviews http[1]}. */
        public String title() {
            return meta.title() + " http[" + index + "]";
        }
    }
}
