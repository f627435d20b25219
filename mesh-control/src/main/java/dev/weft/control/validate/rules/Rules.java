package dev.weft.control.validate.rules;

import dev.weft.control.istio.Meta;
import dev.weft.control.istio.Problems;
import dev.weft.control.istio.YamlNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of each kind. */
public final class Rules {
    /** The rules of one kind. */
    private interface Rule {
        void check(Place spec, Meta meta);
    }

    private static final Map<String, Rule> BY_KIND = Map.ofEntries(
            Map.entry("VirtualService", VirtualServiceRules::check),
            Map.entry("DestinationRule", DestinationRuleRules::check),
            Map.entry("ServiceEntry", ServiceEntryRules::check),
            Map.entry("WorkloadEntry", (spec, meta) -> WorkloadEntryRules.check(spec)),
            Map.entry("WorkloadGroup", (spec, meta) -> WorkloadGroupRules.check(spec)),
            Map.entry("Sidecar", (spec, meta) -> SidecarRules.check(spec)),
            Map.entry("Gateway", GatewayRules::check),
            Map.entry("EnvoyFilter", (spec, meta) -> EnvoyFilterRules.check(spec)),
            Map.entry("ProxyConfig", (spec, meta) -> ProxyConfigRules.check(spec)),
            Map.entry("AuthorizationPolicy", (spec, meta) -> AuthorizationPolicyRules.check(spec)),
            Map.entry("PeerAuthentication", (spec, meta) -> PeerAuthenticationRules.check(spec)),
            Map.entry("RequestAuthentication", (spec, meta) -> RequestAuthenticationRules.check(spec)),
            Map.entry("Telemetry", (spec, meta) -> TelemetryRules.check(spec)),
            Map.entry("WasmPlugin", (spec, meta) -> WasmPluginRules.check(spec)),
            Map.entry("TrafficExtension", (spec, meta) -> WasmPluginRules.checkExtension(spec)));

    private Rules() {}

    /**
     * Checks a resource.
     *
     * @param spec its {@code spec}, or null if it has none
     */
    public static void check(Meta meta, @Nullable YamlNode spec, Problems problems) {
        Annotations.check(meta, spec, problems);
        Rule rule = BY_KIND.get(meta.kind());
        if (rule != null) {
            rule.check(Place.of(spec, "spec", meta.line(), problems), meta);
        }
    }

    /** Checks a mesh configuration. */
    public static void checkMesh(YamlNode root, Problems problems) {
        MeshConfigRules.check(Place.of(root, "", root.line(), problems));
    }
}
