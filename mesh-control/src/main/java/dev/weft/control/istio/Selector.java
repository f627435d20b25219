package dev.weft.control.istio;

import java.util.Map;

/** The labels by which a policy chooses workloads. */
final class Selector {
    private Selector() {}

    /** Empty where there is none: everything is meant. */
    static Map<String, String> read(Fields fields) {
        Map<String, String> labels = fields.message("selector", s -> s.stringMap("matchLabels"));
        return labels == null ? Map.of() : Map.copyOf(labels);
    }

    /** Whether a policy is about a gateway or waypoint and not about workloads that are selected by labels. */
    static boolean targeted(Fields fields) {
        boolean targeted = fields.has("targetRef") || fields.has("targetRefs");
        fields.skip("targetRef", "targetRefs");
        return targeted;
    }
}
