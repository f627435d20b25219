package dev.weft.control.istio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service that is declared and not registered. */
public record ServiceEntry(
        List<String> hosts,
        List<String> addresses,
        List<Port> ports,
        boolean internal,
        Resolution resolution,
        List<WorkloadEntry> endpoints,
        @Nullable Map<String, String> workloadSelector,
        List<String> exportTo,
        List<String> subjectAltNames)
        implements Spec {

    /** Where the endpoints are found. */
    public enum Resolution {
        NONE,
        STATIC,
        DNS,
        DNS_ROUND_ROBIN,
        DYNAMIC_DNS
    }

    /** A port by which callers know the service. */
    public record Port(
            int number,
            String name,
            String protocol,
            @Nullable Integer targetPort) {
        static Port read(Fields fields) {
            Long number = fields.unsigned("number");
            Long target = fields.unsigned("targetPort");
            return new Port(
                    number == null ? 0 : number.intValue(),
                    fields.string("name", ""),
                    fields.string("protocol", ""),
                    target == null ? null : target.intValue());
        }
    }

    static ServiceEntry read(Fields fields) {
        Resolution resolution = fields.oneOf("resolution", Resolution.class);
        return new ServiceEntry(
                fields.strings("hosts"),
                fields.strings("addresses"),
                fields.messages("ports", Port::read),
                "MESH_INTERNAL".equals(fields.string("location")),
                resolution == null ? Resolution.NONE : resolution,
                fields.messages("endpoints", WorkloadEntry::read),
                fields.message("workloadSelector", w -> w.stringMap("labels")),
                fields.strings("exportTo"),
                fields.strings("subjectAltNames"));
    }
}
