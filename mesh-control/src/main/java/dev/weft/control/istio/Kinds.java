package dev.weft.control.istio;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kinds of resources that are understood, with their API groups and readers. */
final class Kinds {
    private static final Map<String, String> GROUPS = Map.ofEntries(
            Map.entry("VirtualService", "networking.istio.io"),
            Map.entry("DestinationRule", "networking.istio.io"),
            Map.entry("ServiceEntry", "networking.istio.io"),
            Map.entry("WorkloadEntry", "networking.istio.io"),
            Map.entry("WorkloadGroup", "networking.istio.io"),
            Map.entry("Sidecar", "networking.istio.io"),
            Map.entry("Gateway", "networking.istio.io"),
            Map.entry("EnvoyFilter", "networking.istio.io"),
            Map.entry("ProxyConfig", "networking.istio.io"),
            Map.entry("PeerAuthentication", "security.istio.io"),
            Map.entry("RequestAuthentication", "security.istio.io"),
            Map.entry("AuthorizationPolicy", "security.istio.io"),
            Map.entry("Telemetry", "telemetry.istio.io"),
            Map.entry("WasmPlugin", "extensions.istio.io"),
            Map.entry("TrafficExtension", "extensions.istio.io"));

    private static final Set<String> VERSIONS = Set.of("v1", "v1beta1", "v1alpha3", "v1alpha1");

    private static final Map<String, Function<Fields, ? extends Spec>> READERS = Map.of(
            "VirtualService", VirtualService::read,
            "DestinationRule", DestinationRule::read,
            "ServiceEntry", ServiceEntry::read,
            "WorkloadEntry", WorkloadEntry::read,
            "Sidecar", Sidecar::read);

    private Kinds() {}

    static Set<String> names() {
        return GROUPS.keySet();
    }

    /** The reader of a kind, or null for kinds that are kept as they are. */
    static @Nullable Function<Fields, ? extends Spec> reader(String kind) {
        return READERS.get(kind);
    }

    /** Whether this apiVersion belongs to that kind. */
    static boolean known(String kind, String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash > 0
                && apiVersion.substring(0, slash).equals(GROUPS.get(kind))
                && VERSIONS.contains(apiVersion.substring(slash + 1));
    }

    static boolean istioGroup(String apiVersion) {
        return apiVersion.contains("istio.io/");
    }
}
