package dev.weft.control.istio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients do about a host, and its subsets. */
public record DestinationRule(
        String host,
        @Nullable TrafficPolicy trafficPolicy,
        List<Subset> subsets,
        List<String> exportTo,
        @Nullable Map<String, String> workloadSelector)
        implements Spec {

    /** Endpoints of a host with certain labels. */
    public record Subset(
            String name,
            Map<String, String> labels,
            @Nullable TrafficPolicy trafficPolicy) {}

    static DestinationRule read(Fields fields) {
        return new DestinationRule(
                fields.string("host", ""),
                fields.message("trafficPolicy", TrafficPolicy::read),
                fields.messages(
                        "subsets",
                        s -> new Subset(
                                s.string("name", ""),
                                s.stringMap("labels"),
                                s.message("trafficPolicy", TrafficPolicy::read))),
                fields.strings("exportTo"),
                fields.message("workloadSelector", w -> w.stringMap("matchLabels")));
    }
}
