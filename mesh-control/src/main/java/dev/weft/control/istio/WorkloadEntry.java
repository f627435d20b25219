package dev.weft.control.istio;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One endpoint that is declared and not registered. */
public record WorkloadEntry(
        String address,
        Map<String, Integer> ports,
        Map<String, String> labels,
        @Nullable String network,
        @Nullable String locality,
        @Nullable Integer weight,
        @Nullable String serviceAccount)
        implements Spec {

    static WorkloadEntry read(Fields fields) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        fields.stringMap("ports").forEach((name, number) -> {
            try {
                ports.put(name, Integer.valueOf(number));
            } catch (NumberFormatException e) {
                fields.error("ports", "port numbers were expected");
            }
        });
        Long weight = fields.unsigned("weight");
        return new WorkloadEntry(
                fields.string("address", ""),
                ports,
                fields.stringMap("labels"),
                fields.string("network"),
                fields.string("locality"),
                weight == null ? null : weight.intValue(),
                fields.string("serviceAccount"));
    }
}
