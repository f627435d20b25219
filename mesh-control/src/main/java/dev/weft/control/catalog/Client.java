package dev.weft.control.catalog;

import dev.weft.config.Locality;
import java.util.Map;

/**
 * What makes a difference between clients: two that are equal see the same.
 *
 * @param namespace where they live
 * @param labels those that some rule asks for
 * @param locality where they run, or {@link Locality#NONE} where that makes no difference
 * @param identified whether they have an identity of the mesh, and so can speak mutual TLS
 */
public record Client(String namespace, Map<String, String> labels, Locality locality, boolean identified) {
    public Client {
        labels = Map.copyOf(labels);
    }

    /** Whether a client with these conditions is meant. */
    public boolean has(Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }
}
