package dev.weft.config;

import java.util.List;

/**
 * A condition on what was noted about a request.
 *
 * @param filter who noted it
 * @param path keys from the outside in; never empty
 * @param value what must hold for what is found there; what is not there meets no condition but that it is absent
 * @param invert negates the result
 */
public record MetadataMatch(String filter, List<String> path, ValueMatch value, boolean invert) {
    public MetadataMatch {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a path has one key at least");
        }
    }
}
