package dev.weft.control.validate.rules;

import dev.weft.control.istio.Meta;
import java.util.HashSet;
import java.util.Set;

/** To which namespaces a resource is visible. */
final class ExportTo {
    private ExportTo() {}

    /**
     * Checks {@code exportTo}.
     *
     * @param nobody whether {@code ~} has a meaning
     * @param ownOnly whether it must not go beyond the resource's own namespace
     */
    static void check(Place exportTo, Meta meta, boolean nobody, boolean ownOnly) {
        Set<String> seen = new HashSet<>();
        for (Place entry : exportTo.items()) {
            String namespace = entry.is(".") ? meta.namespace() : entry.text();
            if (!seen.add(namespace)) {
                entry.error("each namespace once was expected; . is " + meta.namespace());
            } else if (namespace.equals("~") ? !nobody : !namespace.equals("*") && !HostNames.label(namespace)) {
                entry.error(nobody ? "., *, ~ or a namespace was expected" : "., * or a namespace was expected");
            }
        }
        if (exportTo.items().size() > 1 && (seen.contains("*") || seen.contains("~"))) {
            exportTo.error("* and ~ each stand alone");
        }
        if (ownOnly && !seen.isEmpty() && !seen.equals(Set.of(meta.namespace()))) {
            exportTo.error("a DestinationRule for selected workloads can be exported to its own namespace only: .");
        }
    }
}
