package dev.weft.engine;

import dev.weft.config.MeshSnapshot;
import dev.weft.route.Router;
import java.util.Map;

/**
 * One snapshot made ready to serve; a call keeps the one it began with. Immutable, but its destinations count, and share what
 * they count with their successors.
 *
 * @param destinations by cluster name
 */
record Configuration(MeshSnapshot snapshot, Router router, Map<String, ? extends Destination> destinations) {}
