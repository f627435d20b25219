package dev.weft.control.translate;

import dev.weft.control.catalog.Service;
import org.jspecify.annotations.Nullable;

/**
 * A host and port that a client may call by name.
 *
 * @param host fully qualified or wildcard
 * @param port service port
 * @param service behind it, or null where only a rule knows the host
 */
record Name(String host, int port, @Nullable Service service) {

    /** How listener, route table and virtual host are called. */
    String resource() {
        return Names.virtualHost(host, port);
    }
}
