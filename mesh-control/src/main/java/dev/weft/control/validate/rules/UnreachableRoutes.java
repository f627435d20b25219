package dev.weft.control.validate.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Warns of rules behind one that catches everything, and of conditions that stand twice. */
final class UnreachableRoutes {
    private UnreachableRoutes() {}

    static void warn(List<Place> routes) {
        boolean all = false;
        Set<String> seen = new HashSet<>();
        for (Place route : routes) {
            if (all) {
                route.warning("is never reached: the rule above it has no match and catches everything");
                continue;
            }
            List<Place> matches = route.get("match").items();
            all = matches.isEmpty();
            long fresh = matches.stream()
                    .filter(match -> seen.add(match.written("name")))
                    .count();
            if (!matches.isEmpty() && fresh == 0) {
                route.warning("is never reached: rules above it have all its matches");
            }
        }
    }
}
