package dev.weft.control.istio;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which connections some workloads take.
 *
 * @param selector labels of the workloads; empty = all of the namespace, or of the mesh in the root namespace
 * @param mode null = as said one level up
 * @param ports by workload port, of selected workloads only; null = as the workload's own {@code mode}
 */
public record PeerAuthentication(
        Map<String, String> selector, @Nullable Mode mode, Map<Integer, @Nullable Mode> ports) implements Spec {

    /** Istio's words. */
    public enum Mode {
        /** Plaintext only. */
        DISABLE,
        /** Mutual TLS or plaintext. */
        PERMISSIVE,
        /** Mutual TLS only. */
        STRICT
    }

    static PeerAuthentication read(Fields fields) {
        Map<Integer, @Nullable Mode> ports = new LinkedHashMap<>();
        fields.messageMap("portLevelMtls", PeerAuthentication::mode).forEach((port, mode) -> {
            try {
                ports.put(Integer.valueOf(port), mode[0]);
            } catch (NumberFormatException e) {
                fields.error("portLevelMtls", "port numbers were expected, \"" + port + "\" is none");
            }
        });
        Mode[] mode = fields.message("mtls", PeerAuthentication::mode);
        return new PeerAuthentication(Selector.read(fields), mode == null ? null : mode[0], ports);
    }

    /** One mode, or null in it for what inherits: a map has no null values. */
    private static @Nullable Mode[] mode(Fields fields) {
        boolean unset = fields.string("mode", "UNSET").equals("UNSET");
        return new @Nullable Mode[] {unset ? null : fields.oneOf("mode", Mode.class)};
    }
}
