package dev.weft.control.istio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What some workloads may see of the mesh. */
public record Sidecar(
        @Nullable Map<String, String> workloadSelector,
        List<Egress> egress,
        boolean egressWritten,
        @Nullable String outboundTrafficPolicy,
        boolean ingress)
        implements Spec {

    /** Hosts that are visible, as {@code namespace/dnsName}. */
    public record Egress(List<String> hosts, @Nullable Integer port) {
        static Egress read(Fields fields) {
            fields.skip("bind", "captureMode");
            Integer port = fields.message("port", p -> {
                p.skip("protocol", "name", "targetPort");
                Long number = p.unsigned("number");
                return number == null ? Integer.valueOf(0) : Integer.valueOf(number.intValue());
            });
            return new Egress(fields.strings("hosts"), port);
        }
    }

    static Sidecar read(Fields fields) {
        boolean ingress = fields.has("ingress");
        fields.skip("ingress", "inboundConnectionPool");
        return new Sidecar(
                fields.message("workloadSelector", w -> w.stringMap("labels")),
                fields.messages("egress", Egress::read),
                fields.has("egress"),
                fields.message("outboundTrafficPolicy", o -> {
                    o.skip("egressProxy");
                    return o.string("mode", "REGISTRY_ONLY");
                }),
                ingress);
    }
}
